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
  [
    'with a panel that asks for more votes than it has',
    change((rules) => (rules.panels = [{ code: 'three', name: named('P'), seats: 3, inFavour: 4 }])),
    ['/recognition/panels/0/inFavour three: 4 votes in favour of 3'],
  ],
  [
    'with a panel that asks for more votes on an appeal than it has',
    change(
      (rules) => (rules.panels = [{ code: 'three', name: named('P'), seats: 3, appeal: { seats: 1, inFavour: 2 } }]),
    ),
    ['/recognition/panels/0/appeal/inFavour three: 2 votes in favour of 1'],
  ],
  [
    'with a panel of more experts than people',
    change((rules) => (rules.panels = [{ code: 'two', name: named('P'), seats: 2, experts: { seats: 3, years: 5 } }])),
    ['/recognition/panels/0/experts/seats two: 3 experts among 2'],
  ],
  [
    'with a panel of one',
    change((rules) => (rules.panels = [{ code: 'one', name: named('P'), seats: 1 }])),
    ['/recognition/panels/0/seats must be >= 2'],
  ],
  [
    'with a panel behind one that decides everything',
    change(
      (rules) =>
        (rules.panels = [
          { code: 'all', name: named('P'), seats: 3 },
          { code: 'courses', name: named('P'), outcomeClasses: ['course'], standards: ['new'], seats: 5 },
        ]),
    ),
    ['/recognition/panels/1 courses: is never asked'],
  ],
  [
    'with a panel that stands twice',
    change(
      (rules) =>
        (rules.panels = [
          { code: 'same', name: named('P'), standards: ['rate'], seats: 3 },
          { code: 'same', name: named('P'), standards: ['new'], seats: 5 },
        ]),
    ),
    ['/recognition/panels/1/code same stands twice'],
  ],
];

describe('a pack is refused', () => {
  it.each(BROKEN)('%s', (_, broken, mistakes) => {
    expectMistakes(mistakesAfter(broken), mistakes);
  });
});
