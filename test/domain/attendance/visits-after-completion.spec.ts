import { visitPostings } from '../../../src/attendance/domain/visit-postings.js';
import { requirePassed } from '../../../src/attendance/domain/complete-course.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { CompletionGate } from '../../../src/policy/domain/activity-types.js';
import { PACK } from '../ledger/histories-pack.js';

const gated = PACK.activityTypes.find(({ completion }) => completion)!;
const creditType = PACK.creditTypes[0]!;
const visit = { pack: PACK, activity: gated, creditType, courseId: 'c1', acceptedSeconds: 60, day: '2024-06-03' };

describe('a visit to a gated course', () => {
  it('waits in the course until it is passed', () => {
    const [posting] = visitPostings({ ...visit, isCoursePassed: false }, () => 0);
    expect(posting).toMatchObject({ source: 'attended', destination: 'pending/c1', amount: 60 });
  });

  it('counts as other study time once the course is passed, so that it does not wait for ever', () => {
    const [posting] = visitPostings({ ...visit, isCoursePassed: true }, () => 0);
    expect(posting!.destination).toMatch(/^time/);
  });
});

describe('a completion gate', () => {
  const open: CompletionGate = { attendance: [], otherwisePercent: 0, gradeMinimum: null };

  it('is never passed by somebody who was not there, whatever the percentage', () => {
    expect(() => requirePassed(open, { plannedSessions: 5, attendedSessions: 0, grade: 100 })).toThrow(
      new Refusal('attendance-gate-not-met'),
    );
    expect(() => requirePassed(open, { plannedSessions: 5, attendedSessions: 1, grade: null })).not.toThrow();
  });
});
