import { capUse, countedFrom, type CapDimension, type CountedOutcome } from '../../policy/domain/caps.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { IntakeLimit } from './planning-case.js';
import type { PlannableCourse } from './plan-options.js';

/**
 * What the pack's caps on credit leave for the courses of a plan, counted by the one counter of caps, together with what
 * is already in the book. Caps by visit and day hold for sessions, not for whole courses; caps of minutes and of visits
 * are left to the posting of attendance.
 */
export function intakeLimits(pack: PolicyPack, earlier: CountedOutcome[], courses: PlannableCourse[]): IntakeLimit[] {
  const limits = new Map<string, IntakeLimit>();
  for (const cap of pack.caps) {
    if (cap.limit.unit !== 'centi' || cap.per === 'visit' || cap.per === 'day') continue;
    for (const course of courses) {
      const use = capUse(cap, pack, earlier, course.facts);
      if (!use) continue;
      const parts: Record<CapDimension, string | null> = {
        'activity-type': course.facts.activityType,
        item: course.facts.item,
        provider: course.facts.provider,
        'outcome-class': course.facts.outcomeClass,
        'credit-type': course.facts.creditType,
      };
      const since = countedFrom(cap, pack.calendar, course.facts);
      const group = JSON.stringify([cap.code, since, ...cap.each.map((each) => parts[each])]);
      const limit = limits.get(group) ?? { code: cap.code, left: use.left, takes: new Map<string, number>() };
      limit.takes.set(course.code, course.creditCenti);
      limits.set(group, limit);
    }
  }
  return [...limits.values()];
}
