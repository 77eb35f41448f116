import { randomUUID } from 'node:crypto';
import { recordDeeds, type AuditEvent, type Deed } from '../../src/audit/audit.port.js';
import type { Database } from '../../src/platform/database/data-sources.js';
import { DIALECTS, newDatabase } from '../support/databases.js';
import { atOnce, REGISTRAR } from '../support/writers.js';

const NOW = Date.parse('2024-06-10T01:00:00Z');

describe.each(DIALECTS)('the audit on %s', (dialect) => {
  let database: Database;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ database, remove } = await newDatabase(dialect));
  });
  afterAll(() => remove());

  const record = (deeds: Deed[], nowMs = NOW) => database.writer.write(({ sql }) => recordDeeds(sql, deeds, nowMs));
  const linesOf = (action: string) =>
    database.reader.orm.find<AuditEvent>('audit_event', { where: { action }, order: { eventId: 'ASC' } });
  const deed = (action: string, changes: Partial<Deed> = {}): Deed => ({
    caller: REGISTRAR,
    action,
    subject: 'C0123456789ABC',
    ...changes,
  });

  it('says who did what to what, of whom and how it ended, and leaves out what is not said', async () => {
    const learnerId = randomUUID();
    await record([deed('say-all', { subject: '示例 ? 𠮷', learnerId, outcome: 'not-found' })]);
    await record([deed('say-little')], NOW + 1);
    const { keyId: actor, role } = REGISTRAR;
    const eventId = expect.any(String) as string;
    expect(await linesOf('say-all')).toEqual([
      {
        eventId,
        recordedAt: NOW,
        actor,
        role,
        action: 'say-all',
        subject: '示例 ? 𠮷',
        learnerId,
        outcome: 'not-found',
      },
    ]);
    expect(await linesOf('say-little')).toMatchObject([{ recordedAt: NOW + 1, learnerId: null, outcome: 'done' }]);
  });

  it('has a line for each of nine thousand deeds of one transaction, and none for none', async () => {
    await record(Array.from({ length: 9_000 }, (_, index) => deed('do-much', { subject: `${index}` })));
    const subjects = (await linesOf('do-much')).map(({ subject }) => Number(subject)).sort((a, b) => a - b);
    expect(subjects).toEqual(Array.from({ length: 9_000 }, (_, index) => index));
    await expect(record([])).resolves.toBeUndefined();
  });

  it('is in the order of time by its ids', async () => {
    for (const later of [3, 1, 2, 0]) await record([deed('follow', { subject: `${later}` })], NOW + later);
    expect((await linesOf('follow')).map(({ subject }) => subject)).toEqual(['0', '1', '2', '3']);
  });

  it('has a line of every deed of fifty transactions at once', async () => {
    await Promise.all(atOnce(50, (index) => record([deed('rush', { subject: `${index}` })])));
    expect(new Set((await linesOf('rush')).map(({ subject }) => subject)).size).toBe(50);
  });

  it('has nothing of a deed that was undone', async () => {
    const undone = database.writer.write(async ({ sql }) => {
      await recordDeeds(sql, [deed('undo')], NOW);
      throw new TypeError('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    expect(await linesOf('undo')).toEqual([]);
  });
});
