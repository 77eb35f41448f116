import { named, rule, type Broken } from './pack-parts.js';

/** Packs whose values are well-shaped and say something wrong together. */
export const BROKEN_IN_MEANING: Broken[] = [
  [
    'a credit type with a tariff that is not there',
    (file) => (file.creditTypes[1]!.tariff = 'nowhere'),
    ['/creditTypes/1/tariff vocational: there is no tariff nowhere'],
  ],
  [
    'an activity with a tariff that is not there',
    (file) => (file.activityTypes[0]!.tariff = 'nowhere'),
    ['/activityTypes/0/tariff DAILY_CLASS: there is no tariff nowhere'],
  ],
  [
    'a tariff whose hundredth is not whole seconds',
    (file) => Object.assign(file.tariffs[0]!, { classHoursPerCredit: 17.5 }),
    ['/tariffs/0/classHoursPerCredit leisure-time: a step of 1 hundredths is 472.5 seconds'],
  ],
  [
    'leisure credit that becomes degree credit',
    (file) => file.conversionRules.push(rule('open-door', 'leisure', 'degree')),
    ['/conversionRules/1/to open-door: leisure credit can never become degree credit'],
  ],
  [
    'a leisure outcome of the catalogue that becomes degree credit',
    (file) => {
      const item = { outcomeClasses: ['training' as const], items: ['STUDY-TOUR'] };
      file.conversionRules.push({ ...rule('side-door', 'leisure', 'degree'), from: [item] });
    },
    ['/conversionRules/1/to side-door: leisure credit can never become degree credit'],
  ],
  [
    'leisure credit that reaches a degree through a third type',
    (file) => file.conversionRules.push(rule('back-door', 'vocational', 'degree')),
    ['/conversionRules/1 leisure reaches the degree type degree through other rules'],
  ],
  [
    'leisure credit that reaches a degree through two other types, each rule in force at another time',
    (file) => {
      file.creditTypes.push({ ...file.creditTypes[1]!, code: 'bridge' });
      file.conversionRules.push({ ...rule('first', 'vocational', 'bridge'), effectiveTo: '2014-01-01' });
      file.conversionRules.push({ ...rule('second', 'bridge', 'degree'), effectiveFrom: '2020-01-01' });
    },
    ['/conversionRules/2 leisure reaches the degree type degree through other rules'],
  ],
  [
    'two rules that turn credit in a circle',
    (file) => file.conversionRules.push(rule('back', 'vocational', 'leisure')),
    [
      '/conversionRules/1 leisure can be converted back into itself',
      '/conversionRules/0 vocational can be converted back into itself',
    ],
  ],
  [
    'a rule that converts a type into itself',
    (file) => file.conversionRules.push(rule('same', 'vocational', 'vocational')),
    [
      '/conversionRules/1/to same: converts vocational into itself',
      '/conversionRules/1 vocational can be converted back into itself',
    ],
  ],
  [
    'two rules for one pair on one day',
    (file) => {
      file.conversionRules[0]!.effectiveTo = '2024-06-03';
      file.conversionRules.push({ ...rule('next', 'leisure', 'vocational'), effectiveFrom: '2024-06-03' });
    },
    ['/conversionRules/1/effectiveFrom leisure-to-vocational and next are in force for the same pair at the same time'],
  ],
  [
    'two rules for one pair on one day, the later one written first',
    (file) => {
      file.conversionRules[0]!.effectiveTo = '2024-06-03';
      file.conversionRules.unshift({ ...rule('next', 'leisure', 'vocational'), effectiveFrom: '2024-06-03' });
    },
    ['/conversionRules/1/effectiveFrom next and leisure-to-vocational are in force for the same pair at the same time'],
  ],
  [
    'a rule that ends before it begins',
    (file) => (file.conversionRules[0]!.effectiveTo = '2012-12-31'),
    ['/conversionRules/0/effectiveTo leisure-to-vocational: ends before it begins'],
  ],
  [
    'a rule between types that are not there',
    (file) => file.conversionRules.push(rule('lost', 'music', 'sport')),
    [
      '/conversionRules/1/from lost: there is no credit type music',
      '/conversionRules/1/to lost: there is no credit type sport',
    ],
  ],
  [
    'a cap of more than the whole',
    (file) => (file.conversionRules[0]!.cap = { programme: 'community-care', numerator: 3, denominator: 2 }),
    ['/conversionRules/0/cap/numerator leisure-to-vocational: a cap is at most the whole'],
  ],
  [
    'a cap of a programme that is not there',
    (file) => (file.conversionRules[0]!.cap = { programme: 'nowhere', numerator: 1, denominator: 2 }),
    ['/conversionRules/0/cap/programme leisure-to-vocational: there is no programme nowhere'],
  ],
  [
    'a tariff on completion for what nobody completes',
    (file) => {
      file.tariffs.push({ code: 'passed', kind: 'on-completion', credit: '1' });
      file.activityTypes[0]!.tariff = 'passed';
    },
    ['/activityTypes/0/tariff DAILY_CLASS: nobody completes it, so the tariff passed would never give credit'],
  ],
  [
    'a tariff on completion that is worth nothing, and one whose step is no whole number of seconds',
    (file) => {
      file.tariffs.push({ code: 'nothing', kind: 'on-completion', credit: '0' });
      file.tariffs.push({ code: 'odd', kind: 'on-completion', classHoursPerCredit: 7.77 });
    },
    [
      '/tariffs/2/credit nothing: is worth nothing',
      '/tariffs/3/classHoursPerCredit odd: a step of 1 hundredths is 209.79 seconds',
    ],
  ],
  [
    'years of its own for a cap by semester',
    (file) => {
      const cap = { code: 'c', name: named('C'), limit: { credit: '1' }, whenOver: 'refuse' as const };
      file.caps = [
        { ...cap, per: 'semester', yearStartsOn: '09-01' },
        { ...cap, code: 'd', per: 'year', yearStartsOn: '09-01' },
      ];
    },
    ['/caps/0/yearStartsOn c: a cap per semester has no years that could begin on a day'],
  ],
  [
    'a cap under the name of a short form',
    (file) => {
      file.caps = [{ code: 'day', name: named('Day'), limit: { minutes: 60 }, per: 'year', whenOver: 'cut' }];
    },
    ['/caps/0/code day: is the name of a short form'],
  ],
  [
    'a protected word in the Chinese title of a certificate',
    (file) => (file.programmes[0]!.title.zh = '社区学习毕业证书'),
    ['/programmes/0/title/zh community-learner: the title of a non-degree award may not say 毕业证书'],
  ],
  [
    'a protected word in the English title, in other letters',
    (file) => (file.programmes[0]!.title.en = 'Community DEGREE'),
    ['/programmes/0/title/en community-learner: the title of a non-degree award may not say degree'],
  ],
  [
    'a degree programme that would count leisure credit',
    (file) => (file.programmes[1]!.category = 'degree'),
    [
      '/programmes/1/buckets/1 community-care: leisure would count the leisure credit leisure towards a degree programme',
    ],
  ],
  [
    'a programme that needs more than its total',
    (file) => (file.programmes[1]!.total = '0.94'),
    ['/programmes/1/total community-care: the total is less than the sum of its minimums'],
  ],
  [
    'a programme that names a type twice and one that is not there',
    (file) =>
      (file.programmes[0]!.buckets = [
        { creditType: 'leisure', minimum: '0.10' },
        { creditType: 'leisure', minimum: '0.10' },
        { creditType: 'music', minimum: '0.10' },
      ]),
    [
      '/programmes/0/buckets/2/creditType community-learner: there is no credit type music',
      '/programmes/0/buckets/1/creditType community-learner: leisure stands twice',
    ],
  ],
  [
    'buckets without a name, room or place for their surplus, and limits that mean nothing',
    (file) =>
      Object.assign(file.programmes[0]!, {
        buckets: [
          { accepts: {} },
          { creditType: 'leisure', minimum: '0.20', maximum: '0.10', overflowTo: 'leisur' },
          { code: 'a', name: named('A'), maximum: '0.05', overflowTo: 'b' },
          { code: 'b', name: named('B'), maximum: '0.05', overflowTo: 'a' },
        ],
        caps: [{ code: 'minutes', name: named('Minutes'), limit: { minutes: 60 } }],
        floors: [{ code: 'each', name: named('Each'), limit: { count: 1 }, each: ['provider'] }],
        residency: { share: '3/2', of: 'total' },
      }),
    [
      '/programmes/0/buckets/0 community-learner: a bucket needs a code and a name, or a creditType',
      '/programmes/0/buckets/1/maximum community-learner: leisure has less room than its minimum',
      '/programmes/0/buckets/1/overflowTo community-learner: there is no bucket leisur (did you mean leisure?)',
      '/programmes/0/buckets/2/overflowTo community-learner: the surplus of a comes back to it',
      '/programmes/0/buckets/3/overflowTo community-learner: the surplus of b comes back to it',
      '/programmes/0/caps/0/limit/minutes community-learner: minutes: a programme counts credit or outcomes, not minutes',
      '/programmes/0/floors/0/each community-learner: each: a floor counts all together, not each',
      '/programmes/0/residency/share community-learner: residency is more than the whole',
    ],
  ],
  [
    'a programme of nothing',
    (file) => Object.assign(file.programmes[0]!, { total: '0', buckets: [{ creditType: 'leisure', minimum: '0' }] }),
    ['/programmes/0/total community-learner: the total is zero'],
  ],
  [
    'codes that stand twice',
    (file) => {
      file.creditTypes.push(file.creditTypes[0]!);
      file.tariffs.push(file.tariffs[0]!);
      file.activityTypes.push(file.activityTypes[0]!);
      file.programmes.push(file.programmes[0]!);
    },
    [
      '/creditTypes/3/code leisure stands twice',
      '/tariffs/2/code leisure-time stands twice',
      '/activityTypes/12/code DAILY_CLASS stands twice',
      '/programmes/2/code community-learner stands twice',
    ],
  ],
  [
    'a step that is worth nothing',
    (file) => Object.assign(file.tariffs[0]!, { step: '0.00' }),
    ['/tariffs/0/step leisure-time'],
  ],
  [
    'a visit that is worth nothing',
    (file) => file.tariffs.push({ code: 'stamp', kind: 'per-visit', creditPerVisit: '0' }),
    ['/tariffs/2/creditPerVisit stamp'],
  ],
  [
    'five mistakes at once',
    (file) => {
      file.creditTypes[2]!.tariff = 'nowhere';
      Object.assign(file.tariffs[0]!, { classHoursPerCredit: 17.5 });
      file.conversionRules.push(rule('open-door', 'leisure', 'degree'));
      file.conversionRules[0]!.cap!.numerator = 3;
      file.programmes[0]!.title.en = 'Diploma of leisure';
    },
    [
      '/tariffs/0/classHoursPerCredit leisure-time: a step',
      '/creditTypes/2/tariff degree: there is no tariff nowhere',
      '/conversionRules/0/cap/numerator leisure-to-vocational: a cap is at most the whole',
      '/conversionRules/1/to open-door: leisure credit can never become degree credit',
      '/programmes/0/title/en community-learner: the title of a non-degree award may not say diploma',
    ],
  ],
];
