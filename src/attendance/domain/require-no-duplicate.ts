import { Refusal } from '../../kernel/refusal.js';
import { duplicateTitle, type TitleRules } from '../../policy/domain/title-rules.js';

/** A course that a learner has passed. */
export interface PassedTitle {
  courseId: string;
  courseCode: string;
  title: string;
  entryId: string;
}

/**
 * Refuses with `course-duplicates-passed` when another course passed before has the same title under the rules of the
 * pack, and the pack does not let such a course in.
 */
export function requireNoDuplicate(
  rules: TitleRules,
  course: { courseId: string; title: string },
  passed: PassedTitle[],
): void {
  if (rules.whenDuplicate !== 'refuse') return;
  const title = duplicateTitle(rules, course.title);
  const earlier = passed.find(
    (other) => other.courseId !== course.courseId && duplicateTitle(rules, other.title) === title,
  );
  if (earlier) {
    const { courseCode, title: earlierTitle, entryId } = earlier;
    throw new Refusal('course-duplicates-passed', { courseCode, courseTitle: earlierTitle, entryId });
  }
}
