import type { Broken } from './pack-parts.js';

/** Packs with values that no pack may have in their place. */
export const BROKEN_IN_SHAPE: Broken[] = [
  ['an unknown field', (file) => Object.assign(file, { bonus: 1 }), ['/ there is no field bonus']],
  [
    'an unknown field inside',
    (file) => Object.assign(file.activityTypes[2]!, { maximum: 5 }),
    ['/activityTypes/2 there is no field maximum'],
  ],
  [
    'a number as text',
    (file) => Object.assign(file, { classHourMinutes: '45' }),
    ['/classHourMinutes must be a whole number'],
  ],
  [
    'minutes that are not whole',
    (file) => Object.assign(file.dayCap, { minutes: 7.5 }),
    ['/dayCap/minutes must be a whole number'],
  ],
  ['a field that is missing', (file) => Object.assign(file, { dayCap: undefined }), ['/ the field dayCap is missing']],
  [
    'a category that does not exist',
    (file) => Object.assign(file.creditTypes[0]!, { category: 'music' }),
    ['/creditTypes/0/category must be one of: leisure, vocational, degree'],
  ],
  [
    'evidence that does not exist',
    (file) => Object.assign(file.activityTypes[0]!, { evidence: ['rumour'] }),
    ['/activityTypes/0/evidence/0 must be one of: card, list, qr, self, import'],
  ],
  [
    'a day that does not exist',
    (file) => (file.effectiveFrom = '2023-02-29'),
    ['/effectiveFrom is no day of the calendar'],
  ],
  [
    'credit with three decimals',
    (file) => (file.programmes[0]!.total = '0.505'),
    ['/programmes/0/total is not written as credit'],
  ],
  [
    'a percentage over 100',
    (file) => (file.activityTypes.at(-1)!.completion!.otherwisePercent = 101),
    ['/activityTypes/11/completion/otherwisePercent must be <= 100'],
  ],
  [
    'a kind of tariff that does not exist',
    (file) => Object.assign(file.tariffs[0]!, { kind: 'per-smile' }),
    ['/tariffs/0/kind must be one of: per-time'],
  ],
  [
    'a tariff of no class hours',
    (file) => Object.assign(file.tariffs[1]!, { classHoursPerCredit: 0 }),
    ['/tariffs/1/classHoursPerCredit must be > 0'],
  ],
  ['a code with a blank', (file) => (file.code = 'tai yuan'), ['/code is not written as a code']],
  [
    'four mistakes at once',
    (file) => {
      Object.assign(file, { bonus: 1, classHourMinutes: '45' });
      Object.assign(file.dayCap, { whenOver: 'ignore' });
      file.creditTypes = [];
    },
    [
      '/ there is no field bonus',
      '/classHourMinutes must be a whole number',
      '/dayCap/whenOver must be one of: cut, refuse',
      '/creditTypes must have at least 1 item',
    ],
  ],
];
