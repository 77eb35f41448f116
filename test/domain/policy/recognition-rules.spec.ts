import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { expectMistakes, mistakesAfter, named, type Broken } from './pack-parts.js';

const change = (work: (rules: NonNullable<PackFile['recognition']>) => void) => (file: PackFile) =>
  work(file.recognition!);

const BROKEN: Broken[] = [
  [
    'with two rates for one class and type',
    change(({ rawCredit }) => rawCredit!.push(rawCredit![0]!)),
    ['/recognition/rawCredit/4 course: course → vocational stands twice'],
  ],
  [
    'with a reason that stands twice',
    change(({ reasons }) => reasons!.push(reasons![0]!)),
    ['/recognition/reasons/4/code UNCLEAR-SCAN stands twice'],
  ],
  [
    'with reasons, but none to dismiss an appeal',
    change((rules) => (rules.reasons = [{ code: 'R', name: named('R'), for: ['returned', 'rejected'] }])),
    ['/recognition/reasons there is no reason for dismissed'],
  ],
  [
    'with a project reviewed before it was accredited',
    change(({ catalogue }) => (catalogue!.at(-1)!.project!.reviewDue = '2020-01-01')),
    ['/recognition/catalogue/3/project/reviewDue STUDY-TOUR: its project is to be reviewed before'],
  ],
  [
    'with a project that lacks one of the six findings',
    change(
      ({ catalogue }) => delete (catalogue!.at(-1)!.project!.findings as Partial<Record<string, string>>)['staff'],
    ),
    ['/recognition/catalogue/3/project/findings the field staff is missing'],
  ],
];

describe('a pack is refused', () => {
  it.each(BROKEN)('%s', (_, broken, mistakes) => {
    expectMistakes(mistakesAfter(broken), mistakes);
  });
});
