import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { bodyOf } from '../support/catalogue.js';
import { City, sheetOf, tableOf } from '../support/city.js';
import { withoutInstance } from '../support/learners.js';

interface Rejected {
  line: number;
  cells: string[];
  code: string;
  detail: string;
}

/** What the bank must say of each deliberate mistake of the week. */
const CODES: Record<string, string> = {
  'overlapping-session': 'attendance-overlaps',
  'wrong-check-digit': 'card-number-invalid',
  'unknown-card': 'card-unknown',
  'minutes-zero': 'minutes-out-of-range',
  'card-mangled-by-spreadsheet': 'card-number-mangled',
  'empty-card': 'row-incomplete',
  'minutes-not-a-number': 'minutes-out-of-range',
  'minutes-negative': 'minutes-out-of-range',
  'unknown-session': 'session-unknown',
  'duplicate-row': 'duplicate-row',
  'minutes-too-many': 'minutes-exceed-session',
  'session-in-future': 'session-not-over',
  'replacement-character': 'text-damaged',
  'session-of-another-provider': 'session-unknown',
};
const SHEETS = tableOf('fixtures/taiyuan/week/index.csv').map((row) => ({
  file: row['file']!,
  provider: row['provider_code']!,
  encoding: row['encoding']!,
  good: Number(row['good_rows']),
  bad: Number(row['bad_rows']),
}));
const MISTAKES = tableOf('fixtures/taiyuan/week/mistakes.csv');
const WRITTEN = ['journal_entry', 'posting', 'attendance', 'attendance_import', 'attendance_import_rejection'];

function rejectedOf(body: unknown): Rejected[] {
  return (body as { rejected: Rejected[] }).rejected;
}

describe('a week of attendance sheets over HTTP', () => {
  let city: City;
  const answers = new Map<string, Record<string, unknown>>();
  beforeAll(async () => {
    city = await City.open();
    for (const [index, { file, provider }] of SHEETS.entries()) {
      const key = await city.provider(provider);
      // By turns in a form, as a browser sends it, and as the body itself.
      const upload = index % 2 === 0 ? city.upload(sheetOf(file), key) : city.uploadForm(sheetOf(file), key);
      answers.set(file, bodyOf(await upload.expect(201)));
    }
  });
  afterAll(() => city.stop());

  it.each(SHEETS)('posts $good rows of $file and gives $bad back', async ({ file, encoding, good, bad }) => {
    expect(answers.get(file)).toMatchObject({
      status: 'finished',
      encoding,
      rowCount: good + bad,
      posted: good,
      alreadyRecorded: 0,
      rejectedCount: bad,
    });
  });

  it.each(MISTAKES)('finds $mistake_code in line $line of $file', ({ file, line, mistake_code: mistake }) => {
    const found = rejectedOf(answers.get(file!)).find((row) => row.line === Number(line));
    expect(found).toMatchObject({ code: CODES[mistake!] });
    expect(found!.detail).not.toContain('—');
  });

  it('gives nothing back but the deliberate mistakes, each with its cells as they were sent', () => {
    const found = SHEETS.flatMap(({ file }) => rejectedOf(answers.get(file)).map(({ line }) => `${file}:${line}`));
    expect(found).toEqual(MISTAKES.map(({ file, line }) => `${file}:${line}`));
    const [overlap] = rejectedOf(answers.get('01-daily-classes-yingze.csv'));
    expect(overlap!.cells).toEqual(['TTKT-YZ02-0607', '140106000000328', '90', '名单']);
  });

  it('has one entry in the book for every good row, which names its file and line', async () => {
    const good = SHEETS.reduce((sum, sheet) => sum + sheet.good, 0);
    expect(await city.count('journal_entry')).toBe(good);
    const importId = String(answers.get('16-vocational-course.csv')!['importId']);
    const { lines } = await city.row<{ lines: number }>(
      'select count(distinct source) as lines from journal_entry where source like ?',
      [`import:${importId}#%`],
    );
    expect(lines).toBe(48);
  });

  it('shows an import again to the provider and the staff, and to nobody else', async () => {
    const answer = answers.get('01-daily-classes-yingze.csv')!;
    const path = `/api/v1/attendance-imports/${String(answer['importId'])}`;
    for (const key of [await city.provider('SQXY-YZ'), city.registrar, await city.bank.key('auditor')])
      expect((await city.bank.get(path, key).expect(200)).body).toEqual(answer);
    const stranger = await city.provider('SQXY-XD');
    const theirs = await city.bank.get(path, stranger).expect(404);
    const none = await city.bank.get(`/api/v1/attendance-imports/${randomUUID()}`, stranger).expect(404);
    expect(withoutInstance(theirs.body)).toEqual(withoutInstance(none.body));
    await city.bank.get(`${path}/rejected.csv`, stranger).expect(404);
  });

  it('changes nothing when a sheet comes again, under its key or another one, and gives the first answer', async () => {
    const before = await Promise.all(WRITTEN.map((table) => city.count(table)));
    const { file, provider } = SHEETS[0]!;
    const key = await city.provider(provider);
    const onceKey = randomUUID();
    for (const given of [onceKey, onceKey, randomUUID()]) {
      const again = await city.upload(sheetOf(file), key, { onceKey: given }).expect(201);
      expect(again.headers['idempotency-replayed']).toBe('true');
      expect(again.body).toEqual(answers.get(file));
    }
    const asForm = await city.uploadForm(sheetOf(file), key, { onceKey }).expect(201);
    expect(asForm.body).toEqual(answers.get(file));
    expect(await Promise.all(WRITTEN.map((table) => city.count(table)))).toEqual(before);
  });

  it('refuses another file under a key that was used', async () => {
    const key = await city.provider('KFDX-TY');
    const onceKey = randomUUID();
    await city.upload(sheetOf('13-online-courses.csv'), key, { onceKey }).expect(201);
    const other = await city.upload(sheetOf('14-micro-courses.csv'), key, { onceKey }).expect(422);
    expect(other.body).toMatchObject({ code: 'idempotency-key-reused' });
  });

  it('finds all rows on record when another one sends the same sheet', async () => {
    const answer = bodyOf(await city.upload(sheetOf('06-daily-classes-jinyuan.csv'), city.registrar).expect(201));
    expect(answer).toMatchObject({ rowCount: 65, posted: 0, alreadyRecorded: 65, rejectedCount: 0 });
  });

  it('gives rejected rows back under their header, and posts just those that were corrected', async () => {
    const importId = String(answers.get('01-daily-classes-yingze.csv')!['importId']);
    const key = await city.provider('SQXY-YZ');
    const answer = await city.bank.get(`/api/v1/attendance-imports/${importId}/rejected.csv`, key).expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe(`attachment; filename="rejected-${importId}.csv"`);
    const { text } = answer;
    expect(text.startsWith('\uFEFF课次,学习卡号,分钟,签到方式,行号,错误代码,说明\r\n')).toBe(true);
    const [, overlap, digit] = parse(text, { bom: true });
    expect(overlap!.slice(0, 6)).toEqual([
      'TTKT-YZ02-0607',
      '140106000000328',
      '90',
      '名单',
      '95',
      'attendance-overlaps',
    ]);
    expect(digit!.slice(4)).toEqual([
      '114',
      'card-number-invalid',
      '学习卡号有误：卡号应为 15 位数字且校验位正确；请对照学习卡重新录入。',
    ]);
    const before = await city.count('journal_entry');
    const corrected = text.replace('140108000000013', '140108000000010');
    const second = bodyOf(await city.upload(corrected, key).expect(201));
    expect(second).toMatchObject({ rowCount: 2, posted: 1, alreadyRecorded: 0, rejectedCount: 1 });
    expect(rejectedOf(second)[0]).toMatchObject({ line: 2, code: 'attendance-overlaps' });
    expect(await city.count('journal_entry')).toBe(before + 1);
  });
});

describe('a sheet before it is imported', () => {
  let city: City;
  beforeAll(async () => {
    city = await City.open();
  });
  afterAll(() => city.stop());

  it('begins with a template that can be filled in and sent', async () => {
    const key = await city.provider('SQXY-YZ');
    const answer = await city.bank.get('/api/v1/attendance-imports/template.csv', key).expect(200);
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.text).toBe('\uFEFF课次,学习卡号,分钟,签到方式\r\n');
    const filled = `${answer.text}TTKT-YZ02-0603,140106000000449,90,\r\n`;
    expect(bodyOf(await city.upload(filled, key, { dryRun: true }).expect(200))).toMatchObject({ posted: 1 });
  });

  it.each(SHEETS.filter(({ bad }) => bad > 0))(
    'is tried without writing anything, with the answer it will get: $file',
    async ({ file, provider }) => {
      const key = await city.provider(provider);
      const tables = [...WRITTEN, 'balance', 'session_seat', 'idempotency_record', 'audit_event'];
      const before = await Promise.all(tables.map((table) => city.count(table)));
      const { importId: none, ...tried } = bodyOf(await city.upload(sheetOf(file), key, { dryRun: true }).expect(200));
      expect(none).toBeNull();
      expect(await Promise.all(tables.map((table) => city.count(table)))).toEqual(before);
      const { importId, ...real } = bodyOf(await city.upload(sheetOf(file), key).expect(201));
      expect(importId).toEqual(expect.any(String));
      expect(tried).toEqual(real);
    },
  );
});
