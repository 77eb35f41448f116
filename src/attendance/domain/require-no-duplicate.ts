import { Refusal } from '../../kernel/refusal.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { refusedDuplicate, type TitleRules } from '../../policy/domain/title-rules.js';

/** A course that a learner has passed. */
export interface PassedTitle {
  courseId: string;
  courseCode: string;
  title: string;
  entryId: string;
}

/** An outcome of elsewhere that a learner holds credit for. */
export interface RecognisedTitle extends Pick<OutcomeFacts, 'title'> {
  entryId: string;
}

/**
 * Refuses with `course-duplicates-passed` when another course passed before has the same title under the rules of the
 * pack, and the pack does not let such a course in; with `outcome-duplicates-held` when an outcome recognised before has.
 */
export function requireNoDuplicate(
  rules: TitleRules,
  course: { courseId: string; title: string },
  passed: PassedTitle[],
  recognised: RecognisedTitle[] = [],
): void {
  const others = passed.filter(({ courseId }) => courseId !== course.courseId);
  const earlier = refusedDuplicate(rules, course.title, others);
  if (earlier) {
    const { courseCode, title: courseTitle, entryId } = earlier;
    throw new Refusal('course-duplicates-passed', { courseCode, courseTitle, entryId });
  }
  const held = refusedDuplicate(rules, course.title, recognised);
  if (held) throw new Refusal('outcome-duplicates-held', { outcomeTitle: held.title, entryId: held.entryId });
}
