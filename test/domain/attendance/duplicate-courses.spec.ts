import { requireNoDuplicate } from '../../../src/attendance/domain/require-no-duplicate.js';
import { readTitleRules } from '../../../src/policy/domain/title-rules.js';
import { Refusal } from '../../../src/kernel/refusal.js';

const passed = [{ courseId: 'a', courseCode: 'KC-1', title: 'S/W 활용', entryId: 'learner.3' }];

describe('a course whose title names one already passed', () => {
  const rules = readTitleRules({ whenDuplicate: 'refuse' });

  it('is refused, naming the earlier course', () => {
    const refused = () => requireNoDuplicate(rules, { courseId: 'b', title: 'SW활용' }, passed);
    expect(refused).toThrow(
      new Refusal('course-duplicates-passed', {
        courseCode: 'KC-1',
        courseTitle: 'S/W 활용',
        entryId: 'learner.3',
      }),
    );
  });

  it.each([
    ['the same course', rules, { courseId: 'a', title: 'SW활용' }],
    ['another title', rules, { courseId: 'b', title: 'SW활용2' }],
    ['rules that let it in', readTitleRules({}), { courseId: 'b', title: 'SW활용' }],
  ])('is let in: %s', (_, under, course) => {
    expect(() => requireNoDuplicate(under, course, passed)).not.toThrow();
  });
});
