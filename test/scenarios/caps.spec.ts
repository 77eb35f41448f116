import {
  activityDay,
  evaluateVisit,
  type EarlierVisit,
  type VisitCase,
} from '../../src/attendance/domain/evaluate-visit.js';
import { outcomeOfVisit } from '../../src/attendance/domain/outcome-of.js';
import { incomingVisit } from '../../src/attendance/domain/visit-postings.js';
import { groupBy } from '../../src/kernel/group-by.js';
import { Refusal } from '../../src/kernel/refusal.js';
import type { Evidence } from '../../src/policy/domain/activity-types.js';
import type { CountedOutcome } from '../../src/policy/domain/caps.js';
import { tariffOf } from '../../src/policy/domain/policy-pack.js';
import { readTable, rulesOf, secondsOf, type Row } from './read-table.js';

/** What a row's condition says: `capacity=20 taken=19`, `now=2024-06-03 10:30`. */
function conditionsOf(row: Row): Map<string, string> {
  return new Map(
    [...row['condition']!.matchAll(/(\w+)=([^=]+?)(?= \w+=|$)/g)].map(([, name, value]) => [name!, value!]),
  );
}

/** Instant of a day and time in Taiyuan. */
function instantOf(day: string, time: string): number {
  return Date.parse(`${day}T${time}:00+08:00`);
}

function visitOf(row: Row, line: number): Omit<VisitCase, 'sameDay' | 'history'> {
  const conditions = conditionsOf(row);
  const { pack, activity, creditType } = rulesOf(row);
  const startsAt = instantOf(row['day']!, row['starts']!);
  const end = instantOf(row['day']!, row['ends']!);
  const endsAt = end > startsAt ? end : end + 86_400_000;
  const approval = (who: string) => ({
    from: conditions.get(`${who}From`) ?? '2013-01-01',
    to: conditions.get(`${who}To`) ?? null,
  });
  const [day, time] = (conditions.get('now') ?? '2024-12-31 00:00').split(' ') as [string, string];
  return {
    session: {
      sessionId: conditions.get('session') ?? `line-${line}`,
      startsAt,
      endsAt,
      activityType: activity.code,
      courseId: activity.code,
      courseCode: conditions.get('course') ?? activity.code,
      courseTitle: activity.name.en,
      providerCode: conditions.get('provider') ?? 'P1',
      creditType: creditType.code,
      level: null,
      capacity: conditions.has('capacity') ? Number(conditions.get('capacity')) : null,
      providerApproval: approval('provider'),
      courseApproval: approval('course'),
    },
    activity,
    pack,
    creditType,
    isCoursePassed: false,
    submittedSeconds: secondsOf(row['minutes']!),
    evidence: row['evidence'] as Evidence,
    seatsTaken: Number(conditions.get('taken') ?? 0),
    nowMs: instantOf(day, time),
  };
}

/** What becomes of the rows of one case, one after the other, each seeing those accepted before it. */
function outcomesOf(rows: Row[]): Row[] {
  const accepted: EarlierVisit[] = [];
  const history: CountedOutcome[] = [];
  return rows.map((row, line) => {
    const visit = visitOf(row, line);
    const { session, submittedSeconds } = visit;
    try {
      const { acceptedSeconds, cuts } = evaluateVisit({
        ...visit,
        sameDay: accepted.filter((earlier) => activityDay(earlier) === activityDay(session)),
        history,
      });
      const recorded = { submittedSeconds, acceptedSeconds, entryId: `learner.${line + 1}`, recordedAt: visit.nowMs };
      accepted.push({ ...session, ...recorded });
      const tariff = tariffOf(visit.pack, visit.activity, visit.creditType);
      const { earns } = incomingVisit(visit.activity, tariff, visit.isCoursePassed);
      history.push({ ...outcomeOfVisit(session, visit.nowMs), seconds: acceptedSeconds, ...earns(acceptedSeconds) });
      const cutSeconds = cuts.reduce((sum, cut) => sum + cut.cutSeconds, 0);
      expect(acceptedSeconds + cutSeconds).toBe(submittedSeconds);
      return {
        ...row,
        'accepted minutes': String(acceptedSeconds / 60),
        'cut by': cuts.map(({ cap }) => cap).join(' '),
        refusal: '',
      };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...row, 'accepted minutes': '', 'cut by': '', refusal: error.code };
    }
  });
}

describe('caps.csv: how much of a visit counts', () => {
  const cases = [...groupBy(readTable('caps.csv'), (row) => row['id']!)];
  it.each(cases)('%s', (_, rows) => {
    expect(outcomesOf(rows)).toEqual(rows);
  });
});
