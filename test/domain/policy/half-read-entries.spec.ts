import { expectMistakes, mistakesAfter, named, rule, type Broken } from './pack-parts.js';

/** Entries with a field that cannot be read, and what the others of their fields say wrong. */
const HALF_READ: Broken[] = [
  [
    'a category there is not and a tariff there is not',
    (file) => Object.assign(file.creditTypes[0]!, { category: 'vocat', tariff: 't9' }),
    ['/creditTypes/0/category must be one of', '/creditTypes/0/tariff leisure: there is no tariff t9'],
  ],
  [
    'a field that is missing and a tariff there is not',
    (file) => Object.assign(file.creditTypes[0]!, { category: undefined, tariff: 't9' }),
    ['/creditTypes/0 the field category is missing', '/creditTypes/0/tariff leisure: there is no tariff t9'],
  ],
  [
    'a total that is no credit and a bucket of an unknown type',
    (file) => {
      file.programmes[0]!.total = '1.005';
      file.programmes[0]!.buckets.push({ creditType: 'music' });
    },
    [
      '/programmes/0/total is not written as credit',
      '/programmes/0/buckets/1/creditType community-learner: there is no credit type music',
    ],
  ],
  [
    'a total that is no credit and a protected word',
    (file) => {
      file.programmes[0]!.total = '1.005';
      file.programmes[0]!.title.en = 'Diploma of leisure';
    },
    [
      '/programmes/0/total is not written as credit',
      '/programmes/0/title/en community-learner: the title of a non-degree award may not say diploma',
    ],
  ],
  [
    'a day there is not and types there are not',
    (file) => file.conversionRules.push({ ...rule('lost', 'music', 'sport'), effectiveFrom: '2024-02-30' }),
    [
      '/conversionRules/1/effectiveFrom is no day',
      '/conversionRules/1/from lost: there is no credit type music',
      '/conversionRules/1/to lost: there is no credit type sport',
    ],
  ],
  [
    'a code that is none and a tariff there is not, without a code of ours',
    (file) => Object.assign(file.activityTypes[0]!, { code: 'daily class', tariff: 't9' }),
    ['/activityTypes/0/code is not written as a code', '/activityTypes/0/tariff there is no tariff t9'],
  ],
  [
    'a cap without its period and a type there is not',
    (file) =>
      Object.assign(file, {
        caps: [
          { code: 'x', name: named('X'), limit: { credit: '0' }, whenOver: 'refuse', only: { creditTypes: ['music'] } },
        ],
      }),
    [
      '/caps/0 the field per is missing',
      '/caps/0/limit/credit x: a limit of nothing',
      '/caps/0/only/creditTypes/0 x: there is no credit type music',
    ],
  ],
];

/** Entries with a field that cannot be read, which may be right whatever it was meant to say. */
const NO_MORE: Broken[] = [
  [
    'a protected word where the award may be a degree',
    (file) => {
      Object.assign(file.programmes[0]!, { category: 'degre' });
      file.programmes[0]!.title.en = 'Diploma of leisure';
    },
    ['/programmes/0/category must be one of'],
  ],
  [
    'required credit where the total may be more',
    (file) => Object.assign(file.programmes[0]!, { total: 'ten', required: '5' }),
    ['/programmes/0/total is not written as credit'],
  ],
  [
    'an end where the beginning may be before it',
    (file) => Object.assign(file.conversionRules[0]!, { effectiveFrom: 'soon', effectiveTo: '2014-01-01' }),
    ['/conversionRules/0/effectiveFrom is no day'],
  ],
  [
    'names of a type whose own code cannot be read',
    (file) => (file.creditTypes[0]!.code = 'lei sure'),
    ['/creditTypes/0/code is not written as a code'],
  ],
  [
    'steps around one that cannot be read',
    (file) => {
      const attendance = [10, 'x', 20].map((upToSessions) => ({ upToSessions: upToSessions as number, percent: 80 }));
      file.activityTypes[0]!.completion = { attendance, otherwisePercent: 70 };
    },
    ['/activityTypes/0/completion/attendance/1/upToSessions must be a whole number'],
  ],
];

describe('an entry with a field that cannot be read', () => {
  it.each(HALF_READ)('is told all it says wrong besides: %s', (_, change, mistakes) => {
    expectMistakes(mistakesAfter(change), mistakes);
  });

  it.each(NO_MORE)('is told nothing that depends on it: %s', (_, change, mistakes) => {
    expectMistakes(mistakesAfter(change), mistakes);
  });
});
