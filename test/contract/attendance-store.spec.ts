import { randomUUID } from 'node:crypto';
import {
  completionOf,
  freeSeat,
  lockSeats,
  storedVisit,
  takeSeat,
  UPSERT_ATTENDANCE,
  UPSERT_COMPLETION,
  visitsOnDays,
  visitsToCourse,
} from '../../src/attendance/attendance.store.js';
import type { AttendanceRow } from '../../src/attendance/attendance.entity.js';
import { snakeCase } from '../../src/platform/database/columns.js';
import type { Database } from '../../src/platform/database/data-sources.js';
import type { InsertTarget, Sql, SqlValue } from '../../src/platform/database/sql.js';
import { DIALECTS, newDatabase } from '../support/databases.js';
import { atOnce, saying } from '../support/writers.js';

/** How places are counted up and down; the rows are the test's own. */
const { target: TAKE_SEATS } = takeSeat(new Map(), '');
const { target: FREE_SEATS } = freeSeat('');

const STARTS_AT = Date.parse('2024-06-03T01:00:00Z');

function visit(changes: Partial<AttendanceRow> = {}): AttendanceRow {
  return {
    learnerId: randomUUID(),
    activityDay: '2024-06-03',
    sessionId: randomUUID(),
    courseId: randomUUID(),
    activityType: 'DAILY_CLASS',
    startsAt: STARTS_AT,
    endsAt: STARTS_AT + 5_400_000,
    submittedSeconds: 5_400,
    acceptedSeconds: 4_800,
    evidence: 'card',
    version: 1,
    recordedAt: STARTS_AT + 86_400_000,
    isLive: 1,
    ...changes,
  };
}

/** The row as its columns have it. */
function stored(row: AttendanceRow): Record<string, SqlValue> {
  return Object.fromEntries(Object.entries(row).map(([property, value]) => [snakeCase(property), value as SqlValue]));
}

describe.each(DIALECTS)('attendance on %s', (dialect) => {
  let database: Database;
  let remove: () => Promise<void>;
  let sql: Sql;
  beforeAll(async () => {
    ({ database, remove } = await newDatabase(dialect));
    ({ sql } = database.reader);
  });
  afterAll(() => remove());

  const insert = (target: InsertTarget, rows: SqlValue[][]) =>
    database.writer.write((transaction) => transaction.sql.insert(target, rows));
  const put = (...rows: AttendanceRow[]) =>
    insert(
      UPSERT_ATTENDANCE,
      rows.map((row) => UPSERT_ATTENDANCE.columns.map((column) => stored(row)[column]!)),
    );

  describe('visits', () => {
    it('come back as they were written, by the name of their entry', async () => {
      const row = visit({ version: 7 });
      await put(row);
      expect(await storedVisit(sql, row.learnerId, row.sessionId)).toEqual(stored(row));
      const { learnerId, sessionId, courseId, startsAt, endsAt, recordedAt } = row;
      expect(await visitsToCourse(sql, learnerId, courseId)).toEqual([
        {
          sessionId,
          courseId,
          activityType: 'DAILY_CLASS',
          startsAt,
          endsAt,
          submittedSeconds: 5_400,
          acceptedSeconds: 4_800,
          entryId: `${learnerId}.7`,
          recordedAt,
        },
      ]);
    });

    it('are one row a learner and session: a later write has the last word on what changes', async () => {
      const first = visit();
      const again = { submittedSeconds: 3_600, acceptedSeconds: 3_600, version: 3, recordedAt: 5, isLive: 1 };
      await put(first, visit({ sessionId: first.sessionId }));
      await put({ ...first, isLive: 0 });
      await put({ ...first, ...again, evidence: 'qr', courseId: randomUUID(), startsAt: 0 });
      // Course and hours are the session's own and stay.
      expect(await storedVisit(sql, first.learnerId, first.sessionId)).toEqual(
        stored({ ...first, ...again, evidence: 'qr' }),
      );
      expect(await visitsToCourse(sql, first.learnerId, first.courseId)).toHaveLength(1);
    });

    it('count only while they are live, and stay on record', async () => {
      const row = visit();
      const { learnerId, sessionId, courseId, activityDay: day } = row;
      await put(row);
      await put({ ...row, isLive: 0 });
      expect(await visitsToCourse(sql, learnerId, courseId)).toEqual([]);
      expect(await visitsOnDays(sql, [{ learnerId, day }])).toEqual(new Map([[learnerId, []]]));
      expect(await storedVisit(sql, learnerId, sessionId)).toMatchObject({ is_live: 0, accepted_seconds: 4_800 });
    });

    it('are nobody else’s, of no other day and of no other course', async () => {
      const row = visit();
      const { learnerId, sessionId, courseId } = row;
      await put(row);
      expect(await storedVisit(sql, randomUUID(), sessionId)).toBeNull();
      expect(await storedVisit(sql, learnerId, randomUUID())).toBeNull();
      expect(await visitsToCourse(sql, learnerId, randomUUID())).toEqual([]);
      expect(await visitsToCourse(sql, randomUUID(), courseId)).toEqual([]);
      for (const day of ['2024-06-02', '2024-06-04', '2024-06-3', ''])
        expect(await visitsOnDays(sql, [{ learnerId, day }])).toEqual(new Map([[learnerId, []]]));
    });

    it('of eleven thousand learners are written and read in one go, each on their own day', async () => {
      const days = ['2024-06-03', '2024-06-04'];
      const rows = Array.from({ length: 11_000 }, (_, index) =>
        visit({ activityDay: days[index % 2]!, version: index + 1 }),
      );
      await put(...rows);
      const keys = rows.map(({ learnerId, activityDay }, index) => ({
        learnerId,
        // Every third learner is asked for a day on which there is nothing.
        day: index % 3 === 0 ? '2024-06-05' : activityDay,
      }));
      const found = await visitsOnDays(sql, keys);
      expect([...found.keys()]).toEqual(rows.map(({ learnerId }) => learnerId));
      expect([...found.values()].map((visits) => visits.map(({ entryId }) => entryId))).toEqual(
        rows.map(({ learnerId, version }, index) => (index % 3 === 0 ? [] : [`${learnerId}.${version}`])),
      );
      expect(await visitsOnDays(sql, [])).toEqual(new Map());
    });
  });

  describe('places of a session', () => {
    const taken = (sessionId: string) =>
      database.writer.write(async (transaction) => (await lockSeats(transaction.sql, [sessionId])).get(sessionId));

    it('are counted up and down, and never below none', async () => {
      const sessionId = randomUUID();
      await insert(TAKE_SEATS, [[sessionId, 0]]);
      await insert(TAKE_SEATS, [[sessionId, 3]]);
      expect(await taken(sessionId)).toBe(3);
      await insert(FREE_SEATS, [[sessionId, 2]]);
      expect(await taken(sessionId)).toBe(1);
      await insert(FREE_SEATS, [[sessionId, 2]]);
      expect(await taken(sessionId)).toBe(0);
      await expect(
        database.writer.write((transaction) => transaction.sql.run('update session_seat set taken = -1')),
      ).rejects.toMatchObject(saying(/check constraint/i));
    });

    it('of an unknown session are missing from the answer', async () => {
      const known = randomUUID();
      await insert(TAKE_SEATS, [[known, 2]]);
      const found = await database.writer.write((transaction) =>
        lockSeats(transaction.sql, [randomUUID(), known, randomUUID()]),
      );
      expect(found).toEqual(new Map([[known, 2]]));
      expect(await database.writer.write((transaction) => lockSeats(transaction.sql, []))).toEqual(new Map());
    });

    it('are held until the transaction ends: of fifty writers each sees what the one before it took', async () => {
      const sessionId = randomUUID();
      await insert(TAKE_SEATS, [[sessionId, 0]]);
      const seen = await Promise.all(
        atOnce(50, () =>
          database.writer.write(async (transaction) => {
            const before = (await lockSeats(transaction.sql, [sessionId])).get(sessionId)!;
            await transaction.sql.insert(TAKE_SEATS, [[sessionId, 1]]);
            return before;
          }),
        ),
      );
      expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index));
      expect(await taken(sessionId)).toBe(50);
    });

    it('are locked in one order, so that fifty writers who name them in any order end at their first try', async () => {
      const sessions = Array.from({ length: 30 }, () => randomUUID());
      await insert(
        TAKE_SEATS,
        sessions.map((sessionId) => [sessionId, 0]),
      );
      let tries = 0;
      await Promise.all(
        atOnce(50, (index) =>
          database.writer.write(async (transaction) => {
            tries += 1;
            const turned = [...sessions.slice(index % 30), ...sessions.slice(0, index % 30)];
            const named = index % 2 ? turned : turned.reverse();
            await lockSeats(transaction.sql, named);
            await transaction.sql.insert(
              TAKE_SEATS,
              named.map((sessionId) => [sessionId, 1]),
            );
          }),
        ),
      );
      expect(tries).toBe(50);
      const seats = await database.writer.write((transaction) => lockSeats(transaction.sql, sessions));
      expect([...seats.values()]).toEqual(sessions.map(() => 50));
    });
  });

  describe('a passed course', () => {
    it('is on record once, with a grade or without, and can stop counting', async () => {
      const [learnerId, courseId] = [randomUUID(), randomUUID()];
      expect(await completionOf(sql, learnerId, courseId)).toBeNull();
      await insert(UPSERT_COMPLETION, [[learnerId, courseId, null, 5, 1, 1]]);
      expect(await completionOf(sql, learnerId, courseId)).toEqual({ entryId: `${learnerId}.5` });
      await insert(UPSERT_COMPLETION, [[learnerId, courseId, 82, 6, 2, 0]]);
      expect(await completionOf(sql, learnerId, courseId)).toBeNull();
      expect(
        await sql.rows('select grade, version, recorded_at, is_live from completion where learner_id = ?', [learnerId]),
      ).toEqual([{ grade: 82, version: 6, recorded_at: 2, is_live: 0 }]);
    });

    it('is of no other learner and no other course', async () => {
      const [learnerId, courseId] = [randomUUID(), randomUUID()];
      await insert(UPSERT_COMPLETION, [[learnerId, courseId, 60, 1, 1, 1]]);
      expect(await completionOf(sql, randomUUID(), courseId)).toBeNull();
      expect(await completionOf(sql, learnerId, randomUUID())).toBeNull();
    });
  });
});
