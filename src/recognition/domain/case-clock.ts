import { addWorkingDays } from '../../policy/domain/calendar.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { CaseState } from './case-states.js';
import { rulesOf } from './decide-worth.js';
import type { RecognitionCase } from './recognition-case.js';
import { reviewDue, workingDaysLeft } from './review-clock.js';

/**
 * The clock of a case in its next state. It runs while the bank owes a step: it starts when the case is handed in and stands while the applicant has it.
 */
export function clockAfter(
  before: RecognitionCase,
  state: CaseState,
  { pack, today }: { pack: PolicyPack; today: string },
): Pick<RecognitionCase, 'dueOn' | 'daysLeft' | 'calendarKnownUntil'> {
  const { reviewDays, appealDays } = rulesOf(pack);
  const { dueOn, daysLeft, calendarKnownUntil } = before;
  if (state === before.state) return { dueOn, daysLeft, calendarKnownUntil };
  const { knownUntil } = pack.calendar;
  switch (state) {
    case 'submitted':
      return {
        dueOn: reviewDue(pack.calendar, today, reviewDays, daysLeft),
        daysLeft: null,
        calendarKnownUntil: knownUntil,
      };
    case 'preliminarily-approved':
    case 'before-panel':
      return { dueOn, daysLeft: null, calendarKnownUntil };
    case 'returned':
      return { dueOn: null, daysLeft: workingDaysLeft(pack.calendar, today, dueOn ?? today), calendarKnownUntil };
    case 'appealed':
    case 'contested':
      return {
        dueOn: addWorkingDays(pack.calendar, today, appealDays),
        daysLeft: null,
        calendarKnownUntil: knownUntil,
      };
    default:
      return { dueOn: null, daysLeft: null, calendarKnownUntil };
  }
}
