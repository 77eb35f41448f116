import { randomUUID } from 'node:crypto';
import type { AttendanceImportRow } from '../../src/attendance/attendance.entity.js';
import { ImportStore, sourceOfLine } from '../../src/attendance/import.store.js';
import type { RejectedRow } from '../../src/attendance/rejected-row.js';
import { DIALECTS } from '../support/databases.js';
import { command, TestBook } from '../support/test-book.js';
import { ATTEND } from '../support/synthetic-commands.js';
import { saying } from '../support/writers.js';

function row(changes: Partial<AttendanceImportRow> = {}): AttendanceImportRow {
  return {
    importId: randomUUID(),
    scope: randomUUID(),
    fileHash: 'a'.repeat(64),
    encoding: 'gb18030',
    header: '["课次","学习卡号","分钟"]',
    rowCount: 12,
    posted: 0,
    alreadyRecorded: 0,
    rejected: 0,
    status: 'running',
    recordedAt: 1_717_981_200_000,
    finishedAt: null,
    ...changes,
  };
}

function rejected(line: number, changes: Partial<RejectedRow> = {}): RejectedRow {
  return {
    line,
    field: 'cardNumber',
    code: 'card-unknown',
    details: {},
    cells: ['KC-1', String(line), '90'],
    ...changes,
  };
}

describe.each(DIALECTS)('imports on %s', (dialect) => {
  let bank: TestBook;
  let store: ImportStore;
  beforeAll(async () => {
    bank = await TestBook.create(dialect);
    store = new ImportStore(bank.database.reader, bank.writer);
  });
  afterAll(() => bank.close());

  const insert = (added: AttendanceImportRow) =>
    bank.writer.write(({ orm }) => orm.insert('attendance_import', added).then(() => added));

  it('are found as they were begun, with the empty end as null', async () => {
    const begun = await insert(row());
    expect(await store.find(begun.importId)).toEqual(begun);
    expect(await store.find(randomUUID())).toBeNull();
  });

  it('are one for a file of one sender, and another one for every other sender or file', async () => {
    const first = await insert(row());
    const { scope, fileHash } = first;
    await expect(insert(row({ scope, fileHash }))).rejects.toMatchObject(saying(/unique/i));
    await insert(row({ fileHash }));
    await insert(row({ scope, fileHash: 'A'.repeat(64) }));
    expect(
      await bank.sql.rows('select file_hash from attendance_import where scope = ? order by file_hash', [scope]),
    ).toEqual([{ file_hash: 'A'.repeat(64) }, { file_hash: fileHash }]);
  });

  it('say how far they have come and then that they are finished, and touch no other', async () => {
    const [own, other] = [await insert(row()), await insert(row())];
    await store.progress(own.importId, { posted: 7, alreadyRecorded: 2 }, 1);
    expect(await store.find(own.importId)).toEqual({ ...own, posted: 7, alreadyRecorded: 2, rejected: 1 });
    await store.finish(own.importId, [rejected(3), rejected(9), rejected(4)], 1_717_981_300_000);
    expect(await store.find(own.importId)).toEqual({
      ...own,
      posted: 7,
      alreadyRecorded: 2,
      rejected: 3,
      status: 'finished',
      finishedAt: 1_717_981_300_000,
    });
    expect(await store.find(other.importId)).toEqual(other);
    expect(await store.rejections(other.importId)).toEqual([]);
  });

  it('give rejected rows back in the order of the file, every cell as it was sent', async () => {
    const { importId } = await insert(row());
    const rows = [
      rejected(10),
      rejected(9, { cells: ['', ' 前后 ', '"引号", ; \t \\', '𠮷\u0000\ud83d', "'; drop table attendance; --"] }),
      rejected(100, { code: 'duplicate-row', details: { firstLine: 9, text: '第 9 行？' } }),
      rejected(2, { field: 'minutes', code: 'minutes-out-of-range', details: { limit: 1_440 }, cells: [] }),
    ];
    await store.finish(importId, rows, 1);
    expect(await store.rejections(importId)).toEqual([rows[3], rows[1], rows[0], rows[2]]);
  });

  it('that finish twice keep the rows that came back the first time', async () => {
    const { importId } = await insert(row());
    await store.finish(importId, [rejected(5, { cells: ['first'] })], 1);
    await store.finish(importId, [rejected(5, { cells: ['second'] }), rejected(6)], 2);
    expect((await store.rejections(importId)).map(({ line, cells }) => `${line} ${cells[0]}`)).toEqual([
      '5 first',
      '6 KC-1',
    ]);
  });

  it('keep nine thousand rejected rows in one go', async () => {
    const { importId } = await insert(row());
    const rows = Array.from({ length: 9_000 }, (_, index) => rejected(index + 2));
    await store.finish(importId, [...rows].reverse(), 1);
    expect(await store.rejections(importId)).toEqual(rows);
    expect(await store.find(importId)).toMatchObject({ rejected: 9_000, status: 'finished' });
  });

  it('tell which lines have an entry: of this import, of this learner, this very line', async () => {
    const [importId, another] = [randomUUID(), randomUUID()];
    const learners = await bank.openAccounts(3);
    const [first, second, third] = learners as [string, string, string];
    const post = (learnerId: string, source: string) =>
      bank.committer.run(
        command({ ...ATTEND, decide: (...given) => sourced(source, ...given) }, learnerId, { seconds: 60 }),
      );
    const sourced = (source: string, ...given: Parameters<typeof ATTEND.decide>) => {
      const decision = ATTEND.decide(...given);
      return { ...decision, draft: { ...decision.draft, source } };
    };
    await post(first, sourceOfLine(importId, 2));
    await post(second, sourceOfLine(another, 3));
    await post(third, sourceOfLine(importId, 44));
    await post(third, sourceOfLine(importId, 5));
    const ask = (...rows: [number, string][]) =>
      store.linesOnRecord(
        importId,
        rows.map(([line, learnerId]) => ({ line, learnerId })),
      );
    expect(await ask([2, first], [3, second], [4, third], [5, third], [44, second])).toEqual(new Set([2, 5]));
    expect(await ask()).toEqual(new Set());
    const many = Array.from({ length: 11_000 }, (_, line): [number, string] => [line, learners[line % 3]!]);
    expect(await ask(...many)).toEqual(new Set([5, 44]));
  });
});
