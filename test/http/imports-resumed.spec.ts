import { randomUUID } from 'node:crypto';
import { ImportAttendance } from '../../src/attendance/import-attendance.service.js';
import { ImportStore } from '../../src/attendance/import.store.js';
import { RecordAttendance, type RowOutcome } from '../../src/attendance/record-attendance.service.js';
import { VisitSource } from '../../src/attendance/visit-source.service.js';
import { providerByCode } from '../../src/cli/import-attendance.js';
import { Clock } from '../../src/kernel/clock.js';
import { Committer } from '../../src/ledger/committer.js';
import { idempotencyScope } from '../../src/platform/auth/caller.js';
import { DryRun } from '../../src/ledger/ledger.port.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { hashContent } from '../../src/platform/idempotency/once.decorator.js';
import { OnceWriter } from '../../src/platform/idempotency/once-writer.service.js';
import { bodyOf } from '../support/catalogue.js';
import { City, sheetOf, tableOf } from '../support/city.js';

class PowerCut extends Error {}

/** Posts for good, until the power goes: what was posted by then is in the book and nobody is told. */
class CutAttendance extends RecordAttendance {
  constructor(
    { app }: City['bank'],
    private left: number,
  ) {
    super(app.get(VisitSource), app.get(Committer), app.get(DryRun), app.get(OnceWriter));
  }

  override async post(...[caller, visits]: Parameters<RecordAttendance['post']>): Promise<RowOutcome[]> {
    const posted = await super.post(caller, visits.slice(0, this.left));
    this.left -= posted.length;
    if (posted.length < visits.length) throw new PowerCut();
    return posted;
  }
}

/** Ends after the last row is posted and before the import is closed. */
class CutStore extends ImportStore {
  override finish(): Promise<void> {
    return Promise.reject(new PowerCut());
  }
}

/** What must not differ between an import that was cut off and one that was not. */
function resultOf({ importId: _, ...result }: Record<string, unknown>): object {
  // The entries have other learners' ids in another bank.
  return JSON.parse(JSON.stringify(result).replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, 'learner')) as object;
}

describe('an import that was cut off', () => {
  let whole: City;
  let city: City;
  beforeAll(async () => {
    [whole, city] = await Promise.all([City.open(), City.open()]);
  });
  afterAll(() => Promise.all([whole.stop(), city.stop()]));

  /** Runs an import in a process that dies after `rows` rows. */
  async function cutOff(sheet: string | Buffer, providerCode: string, key: string, rows: number): Promise<void> {
    const { app } = city.bank;
    const caller = await providerByCode(app, providerCode);
    const dying = new ImportAttendance(
      app.get(VisitSource),
      new CutAttendance(city.bank, rows),
      rows === Infinity ? new CutStore(app.get(Reader), app.get(Writer)) : app.get(ImportStore),
      app.get(OnceWriter),
      app.get(Clock),
    );
    const content = typeof sheet === 'string' ? sheetOf(sheet) : sheet;
    const once = { scope: idempotencyScope(caller), key, bodyHash: hashContent(content) };
    await expect(dying.run(caller, once, content)).rejects.toBeInstanceOf(PowerCut);
  }

  async function runningImport(): Promise<string> {
    const text = "select import_id from attendance_import where status = 'running'";
    return (await city.row<{ import_id: string }>(text)).import_id;
  }

  it.each([
    { file: '01-daily-classes-yingze.csv', provider: 'SQXY-YZ', rows: 0, when: 'before its first row' },
    { file: '12-lecture-jinci-gb18030.csv', provider: 'DJT-01', rows: 70, when: 'after 70 rows' },
    { file: '13-online-courses.csv', provider: 'KFDX-TY', rows: 412, when: 'one row before its end' },
    { file: '15-library-visit.csv', provider: 'TSG-01', rows: Infinity, when: 'after its last row' },
  ])('$when resumes under the same key as if nothing had happened', async ({ file, provider, rows }) => {
    const key = await city.provider(provider);
    const expected = resultOf(bodyOf(await whole.upload(sheetOf(file), await whole.provider(provider)).expect(201)));
    const before = await city.count('journal_entry');
    const onceKey = randomUUID();
    await cutOff(file, provider, onceKey, rows);
    const importId = await runningImport();
    const halfway = bodyOf(await city.bank.get(`/api/v1/attendance-imports/${importId}`, key).expect(200));
    expect(halfway).toMatchObject({ status: 'running', rejectedCount: 0 });

    const resumed = await city.upload(sheetOf(file), key, { onceKey }).expect(201);
    expect(resumed.headers['idempotency-replayed']).toBeUndefined();
    expect(bodyOf(resumed)['importId']).toBe(importId);
    expect(resultOf(bodyOf(resumed))).toEqual(expected);
    expect((await city.count('journal_entry')) - before).toBe((expected as { posted: number }).posted);
    const again = await city.upload(sheetOf(file), key, { onceKey }).expect(201);
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect(again.body).toEqual(resumed.body);
  });

  it('resumes under another key too, and takes for its own only what it posted itself', async () => {
    const file = '16-vocational-course.csv';
    const key = await city.provider('ZGXX-01');
    const [header, first, ...rest] = sheetOf(file).toString('utf8').trim().split('\n');
    // One row came in another sheet before.
    await city.upload(`${header}\n${first}\n`, key).expect(201);
    await cutOff(file, 'ZGXX-01', randomUUID(), 20);
    const resumed = bodyOf(await city.upload(sheetOf(file), key).expect(201));
    expect(resumed).toMatchObject({ rowCount: rest.length + 1, posted: rest.length, alreadyRecorded: 1 });
  });

  it('of many pages says how far it came, and goes on from there', async () => {
    const { provider_id: providerId } = await city.row<{ provider_id: string }>(
      "select provider_id from provider where code = 'SQXY-QX'",
    );
    const create = async (path: string, body: object) =>
      bodyOf(await city.bank.post(`/api/v1/${path}`, city.registrar, body).expect(201));
    const { courseId } = await create('courses', {
      code: 'MANY-PAGES',
      providerId,
      title: '一周讲座',
      creditType: 'leisure',
      activityType: 'PUBLIC_LECTURE',
      plannedMinutes: 90,
      plannedSessions: 7,
      approvedFrom: '2013-01-01',
    });
    const cards = tableOf('fixtures/taiyuan/learners.csv').map((row) => row['card_number']!);
    const lines = ['session,card_number,minutes'];
    for (let day = 1; day <= 7; day += 1) {
      const times = { startsAt: `2024-05-0${day}T09:00:00+08:00`, endsAt: `2024-05-0${day}T10:30:00+08:00` };
      await create('sessions', { code: `PAGES-${day}`, courseId, ...times, place: '示例礼堂', unitCode: '140121' });
      lines.push(...cards.map((card) => `PAGES-${day},${card},90`));
    }
    const sheet = Buffer.from(lines.join('\n'));
    await cutOff(sheet, 'SQXY-QX', randomUUID(), 2_100);
    const key = await city.provider('SQXY-QX');
    const path = `/api/v1/attendance-imports/${await runningImport()}`;
    expect(bodyOf(await city.bank.get(path, key))).toMatchObject({ status: 'running', rowCount: 2_240, posted: 2_000 });
    expect(bodyOf(await city.upload(sheet, key))).toMatchObject({
      posted: 2_240,
      alreadyRecorded: 0,
      rejectedCount: 0,
    });
  });

  it('keeps for posted what it had posted, though a card was lost and a visit reversed meanwhile', async () => {
    const file = '17-museum-visit.csv';
    await cutOff(file, 'BWG-01', randomUUID(), 30);
    const importId = await runningImport();
    const entryOf = (line: number) =>
      city.row<{ learner_id: string; version: number }>(
        'select learner_id, version from journal_entry where source = ?',
        [`import:${importId}#${line}`],
      );
    const { learner_id: loser } = await entryOf(2);
    const { card_number: lost } = await city.row<{ card_number: string }>(
      'select card_number from learning_card where learner_id = ?',
      [loser],
    );
    await city.bank.post(`/api/v1/cards/${lost}/loss-report`, city.registrar, {}).expect(200);
    const { learner_id: learnerId, version } = await entryOf(3);
    const visit = `${learnerId}.${version}`;
    await city.bank.post(`/api/v1/entries/${visit}/reversal`, city.registrar, { reason: '登记错误' }).expect(201);
    const resumed = bodyOf(await city.upload(sheetOf(file), await city.provider('BWG-01')).expect(201));
    expect(resumed).toMatchObject({ rowCount: 45, posted: 45, alreadyRecorded: 0, rejectedCount: 0 });
  });

  it('runs once when the same sheet comes twice at the same time', async () => {
    const before = await city.count('journal_entry');
    const key = await city.provider('SQXY-XD');
    const sheet = sheetOf('02-daily-classes-xiaodian.csv');
    const answers = await Promise.all(Array.from({ length: 6 }, () => city.upload(sheet, key)));
    expect(answers.filter(({ status }) => status === 201).length).toBeGreaterThan(0);
    for (const { status, body } of answers) {
      if (status === 201) expect(body).toMatchObject({ posted: 134, rejectedCount: 1 });
      else expect(body).toMatchObject({ status: 409, code: 'request-still-running' });
    }
    expect((await city.count('journal_entry')) - before).toBe(134);
  });
});
