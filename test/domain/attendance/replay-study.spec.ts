import fc from 'fast-check';
import { replayStudy } from '../../../src/attendance/domain/replay-study.js';
import type { StudyHistory, StudyVisit } from '../../../src/attendance/domain/study-events.js';
import type { PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import { PACK } from '../ledger/histories-pack.js';

const MORNING = Date.parse('2024-05-01T00:00:00Z');
const DAY_MS = 86_400_000;
const SESSION_SECONDS = 20_000;

/** A visit to a session on a day of its own, unless they share one. */
function visit(version: number, day: number, submittedSeconds: number, activityType = 'CLASS'): StudyVisit {
  const startsAt = MORNING + day * DAY_MS;
  const endsAt = startsAt + SESSION_SECONDS * 1_000;
  return {
    kind: 'visit',
    version,
    recordedAt: endsAt,
    session: {
      ...{ sessionId: `s${day}`, courseId: `course-${activityType}`, activityType, creditType: 'leisure' },
      ...{ courseCode: activityType, courseTitle: activityType, providerCode: 'P', level: null, startsAt, endsAt },
    },
    submittedSeconds,
    evidence: 'card',
  };
}

const reversal = (version: number, reverses: number) =>
  ({ kind: 'reversal', version, recordedAt: MORNING + 99 * DAY_MS, reverses }) as const;
const completion = (version: number, courseId: string) =>
  ({
    kind: 'completion',
    version,
    recordedAt: MORNING + 99 * DAY_MS,
    courseId,
    code: courseId,
    title: courseId,
    providerCode: 'P',
    plannedSeconds: 2 * SESSION_SECONDS,
    activityType: 'VOLUNTEER_COURSE',
    creditType: 'leisure',
    level: null,
    endsOn: null,
    plannedSessions: 2,
    grade: null,
  }) as const;

const replay = (history: StudyHistory, pack: PolicyPack = PACK) => {
  const { credit, refused } = replayStudy(history, () => pack);
  return { centi: credit.get('leisure') ?? 0, refused: refused.map(({ code }) => code) };
};

describe('a history lived again', () => {
  const [one, two] = [visit(1, 1, 400), visit(2, 2, 100)];
  it.each<[string, StudyHistory, number, string[]]>([
    ['two visits that fill a step together', [one, two], 1, []],
    ['one of them undone', [one, two, reversal(3, 1)], 0, []],
    ['and brought back', [one, two, reversal(3, 1), reversal(4, 3)], 1, []],
    ['the same session twice', [one, visit(2, 1, 486)], 0, ['attendance-already-recorded']],
    [
      'brought back after the session was posted again',
      [one, reversal(2, 1), visit(3, 1, 486), reversal(4, 2)],
      1,
      ['attendance-already-recorded'],
    ],
    ['a visit longer than its session', [visit(1, 1, 30_000)], 0, ['minutes-exceed-session']],
    ['an undoing of something else', [reversal(2, 1)], 0, []],
    ['a course that was not passed', [visit(1, 1, 12_150, 'VOLUNTEER_COURSE')], 0, []],
  ])('has what the rules give: %s', (_, history, centi, refused) => {
    expect(replay(history)).toEqual({ centi, refused });
  });

  it('gives the credit of a gated course when it is passed, and takes it back when that is undone', () => {
    const course = 'course-VOLUNTEER_COURSE';
    const visits = [1, 2].map((index) => visit(index, index, 5_400, 'VOLUNTEER_COURSE'));
    const passed = [...visits, completion(3, course)];
    expect(replay(passed)).toEqual({ centi: 50, refused: [] });
    expect(replay([...passed, reversal(4, 3)])).toEqual({ centi: 0, refused: [] });
    expect(replay([visits[0]!, completion(3, course)])).toEqual({ centi: 0, refused: ['attendance-gate-not-met'] });
    expect(replay([...passed, completion(4, course)])).toEqual({ centi: 50, refused: ['course-already-completed'] });
  });

  it('tells which visits count, and which lots they brought in by whose entry', () => {
    const course = 'course-VOLUNTEER_COURSE';
    const visits = [1, 2].map((index) => visit(index, index, 5_400, 'VOLUNTEER_COURSE'));
    const history = [...visits, completion(3, course), visit(4, 4, 400), visit(5, 5, 100), visit(6, 6, 100)];
    const then = replayStudy([...history, reversal(7, 6)], () => PACK);
    expect(then.visits.map(({ event, acceptedSeconds }) => [event.version, acceptedSeconds])).toEqual([
      [1, 5_400],
      [2, 5_400],
      [4, 400],
      [5, 100],
    ]);
    expect(then.earned()).toMatchObject([
      { version: 3, centi: 50, outcomeClass: 'course', item: course, startsOn: '2024-05-03', endsOn: '2024-05-03' },
      { version: 5, centi: 1, outcomeClass: 'activity', item: 'CLASS', startsOn: '2024-05-06' },
    ]);
  });

  it('knows no activity or credit that the pack does not know', () => {
    expect(replay([one], { ...PACK, activityTypes: [] }).refused).toEqual(['activity-type-unknown']);
    expect(replay([one], { ...PACK, creditTypes: [] }).refused).toEqual(['credit-type-unknown']);
  });

  it('has, however visits come and go, the credit of those that are left', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 60, max: 2_000 }), { minLength: 1, maxLength: 12 }),
        fc.array(fc.nat(30), { maxLength: 12 }),
        (seconds, picks) => {
          const history: StudyHistory = seconds.map((each, index) => visit(index + 1, index, each));
          const reversed = new Map<number, number>();
          for (const pick of picks) {
            const reverses = 1 + (pick % history.length);
            if (reversed.has(reverses)) continue;
            reversed.set(reverses, history.length + 1);
            history.push(reversal(history.length + 1, reverses));
          }
          const isLive = (version: number): boolean => {
            const by = reversed.get(version);
            return by === undefined || !isLive(by);
          };
          const left = seconds.reduce((sum, each, index) => (isLive(index + 1) ? sum + each : sum), 0);
          expect(replay(history)).toEqual({ centi: Math.floor(left / 486), refused: [] });
        },
      ),
    );
  });
});
