import { attemptKeys } from '../../policy/domain/attempts.js';
import type { CourseSupply, PlanCase } from './planning-case.js';
import { isNumbered, traitsOf } from './programme-traits.js';

/** Courses the programme cannot tell apart become one column; numbered, dated or gated ones stay by themselves. */
export function gatherCourses({
  programme,
  rules,
  objective,
  courses,
  lots,
  excluded,
  costOf,
  intake,
  used,
  heapOfCourse,
}: PlanCase): CourseSupply[] {
  const learnt = learntKeys({ lots, rules });
  const supplies = new Map<string, CourseSupply>();
  for (const course of [...courses].sort((a, b) => (a.code < b.code ? -1 : 1))) {
    if (used.knows(course.facts) || attemptKeys(rules.titleRules, course.facts).some((key) => learnt.has(key)))
      continue;
    if (objective === 'finish' && course.meetings === null) continue;
    const price = objective === 'cost' ? costOf.get(course.code) : course.studySeconds;
    if (price === undefined) continue;
    const traits = traitsOf(rules, programme, course.facts);
    const isAlone =
      isNumbered(programme, traits) ||
      objective === 'finish' ||
      traits.items.length > 0 ||
      course.facts.outcomeClass !== 'activity' ||
      excluded.has(course.code) ||
      intake.some(({ takes }) => takes.has(course.code));
    if (traits.items.length === 0) traits.thing = '';
    const heap = heapOfCourse.get(course.code) ?? -1;
    const label = isAlone ? course.code : '';
    const key = JSON.stringify([traits, price, course.creditType, course.creditCenti, heap, label]);
    const supply = supplies.get(key);
    if (supply) {
      supply.courses.push(course);
      supply.amountCenti += course.creditCenti;
    } else {
      const outcome = `course ${course.code}`;
      const entries = isNumbered(programme, traits)
        ? Math.max(1, Math.min(course.visits.length, course.creditCenti))
        : 1;
      const own = { traits, outcome, entries, courses: [course], price, taken: -1, heap };
      supplies.set(key, { ...own, amountCenti: course.creditCenti });
    }
  }
  return [...supplies.values()];
}

/** What the learner has already: a second attempt at it would count instead of the first, not besides. */
export function learntKeys({ lots, rules }: Pick<PlanCase, 'lots' | 'rules'>): Set<string> {
  return new Set(lots.flatMap(({ facts }) => attemptKeys(rules.titleRules, facts)));
}
