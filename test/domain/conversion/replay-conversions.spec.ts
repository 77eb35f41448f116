import { decideConversion } from '../../../src/conversion/domain/decide-conversion.js';
import { marksOf } from '../../../src/conversion/domain/past-parts.js';
import { replayConversions, type ConversionThen } from '../../../src/conversion/domain/replay-conversions.js';
import type { PastPart } from '../../../src/conversion/domain/conversion-case.js';
import { lotsAnew, type BookedLot, type DecidedAgain } from '../../../src/conversion/domain/lots-anew.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { packWith } from '../recognition/a-case.js';
import { OPEN, VISIT } from './conversion-parts.js';

const SHIPPED = packWith();
const ONCE = packWith(({ conversionRules }) => (conversionRules[0]!.singleUse = 'ever'));

/** Leisure credit of one visit of 2.00, of which so much is left. */
function lot(availableCenti: number, changes: Partial<BookedLot> = {}): BookedLot {
  return {
    ...{ lot: 1, creditType: 'leisure', availableCenti, recognisedCenti: 200, isWholeElsewhere: true },
    ...{ validUntil: null, facts: VISIT, roots: [{ entry: 1, creditType: 'leisure', category: 'leisure' }] },
    ...changes,
  };
}

/** Leisure into vocational credit as the shipped rules decided it: two for one. */
function then(version: number, fromCenti: number, changes: Partial<ConversionThen> = {}): ConversionThen {
  const asked = { ...OPEN, from: 'leisure', to: 'vocational', fromCenti };
  const inputs = { asked, status: 'active' as const, today: '2024-06-10' };
  const lots = lotsAnew([lot(200)], []);
  return {
    ...{ version, decidedOn: '2024-06-10', isStanding: true, lots: [version] },
    ...marksOf(SHIPPED.conversionRules[0]),
    decision: decideConversion(SHIPPED, { ...inputs, lots, restCenti: 0, history: [] }).decision,
    looksAt: { inputs, lots: [lot(200)], counted: new Map(), elsewhere: [] },
    ...changes,
  };
}

/** The conversion of version 2 counts, and its credit has come in. */
const COUNTS = new Map([[2, { isExecuted: true }]]);
const looking = (one: ConversionThen, more: Partial<NonNullable<ConversionThen['looksAt']>>): ConversionThen => ({
  ...one,
  looksAt: { ...one.looksAt!, ...more },
});
const centiOf = (moved: Map<string, number>) => [moved.get('leisure') ?? 0, moved.get('vocational') ?? 0];

describe('conversions decided again', () => {
  it.each<[string, (file: PackFile) => unknown, [number, number], object]>([
    ['the same rules', () => {}, [-80, 40], { changed: 0, refused: [] }],
    [
      'another ratio',
      ({ conversionRules: [rule] }) => (rule!.ratio = { from: 4, to: 1 }),
      [-80, 20],
      { changed: 1, refused: [] },
    ],
    [
      'no such rule',
      (file) => (file.conversionRules = []),
      [0, 0],
      { changed: 0, refused: ['conversion-not-allowed'] },
    ],
    [
      'a rule of later days',
      ({ conversionRules: [rule] }) => (rule!.effectiveFrom = '2025-01-01'),
      [0, 0],
      { changed: 0, refused: ['conversion-rule-not-in-force'] },
    ],
    [
      'a ratio that the amount does not fit',
      ({ conversionRules: [rule] }) => (rule!.ratio = { from: 3, to: 1 }),
      [0, 0],
      { changed: 0, refused: ['conversion-amount-not-whole'] },
    ],
    [
      'a cap that leaves less',
      ({ conversionRules: [rule] }) => Object.assign(rule!, { cap: undefined, caps: [CAP] }),
      [-60, 30],
      { changed: 1, refused: [] },
    ],
  ])('under %s', (_, change, after, counts) => {
    const outcome = replayConversions([then(2, 80)], packWith(change));
    expect(centiOf(outcome.before)).toEqual([-80, 40]);
    expect(centiOf(outcome.after)).toEqual(after);
    expect(outcome).toMatchObject({ looked: 1, ...counts });
  });

  it('of one outcome meet the earlier ones as they are decided now', () => {
    const [first, second] = [then(2, 20), then(3, 20)];
    const both = [looking(second, { counted: COUNTS, lots: [lot(180)] }), first];
    const outcome = replayConversions(both, ONCE);
    expect(outcome).toMatchObject({ looked: 2, refused: ['outcome-already-converted'] });
    expect(centiOf(outcome.after)).toEqual([-20, 10]);
    // What would not have been made then has used nothing up.
    const refusedFirst = looking(first, { inputs: { ...first.looksAt!.inputs, status: 'frozen' } });
    expect(replayConversions([refusedFirst, both[0]!], ONCE).refused).toEqual(['account-frozen']);
    // What had been moved back by then counts no more.
    expect(replayConversions([first, second], ONCE).refused).toEqual([]);
  });

  it('count what was undone since for later ones, and nothing of it themselves', () => {
    const [first, second] = [then(2, 20, { isStanding: false }), then(3, 20)];
    const outcome = replayConversions([first, looking(second, { counted: COUNTS })], ONCE);
    expect(outcome).toMatchObject({ looked: 1, refused: ['outcome-already-converted'] });
    expect([centiOf(outcome.before), centiOf(outcome.after)]).toEqual([
      [-20, 10],
      [0, 0],
    ]);
  });

  it('of other days stay as they were, and count as their rule said', () => {
    const other = then(2, 20, { looksAt: null, isEver: true });
    const gone = packWith((file) => (file.conversionRules = []));
    expect(replayConversions([other], gone)).toMatchObject({ looked: 0, changed: 0, refused: [] });
    expect(centiOf(replayConversions([other], gone).after)).toEqual([-20, 10]);
    const later = looking(then(3, 20), { counted: COUNTS });
    expect(replayConversions([other, later], SHIPPED).refused).toEqual(['outcome-already-converted']);
  });

  it('find the credit that earlier ones leave now', () => {
    // The first is too much at once now, so its credit is still there for the second, which asks for more than was left.
    const first = then(2, 120);
    const second = looking(then(3, 80), { counted: COUNTS, lots: [lot(0)] });
    const one = packWith(({ conversionRules: [rule] }) => Object.assign(rule!, { cap: undefined, caps: [HALF] }));
    const outcome = replayConversions([first, second], one);
    expect(outcome).toMatchObject({ looked: 2, changed: 0, refused: ['conversion-cap-exceeded'] });
    expect(centiOf(outcome.after)).toEqual([-80, 40]);
  });

  it('meet what the person had converted in another account', () => {
    const one = then(2, 20);
    const part = one.decision.parts[0]!;
    const elsewhere: PastPart[] = [
      { ...part, ...{ conversion: 9, rule: 'leisure-to-vocational', capProgramme: null }, isEver: true, decidedOn: '' },
    ];
    expect(replayConversions([looking(one, { elsewhere })], ONCE).refused).toEqual(['outcome-already-converted']);
  });
});

describe('lots after conversions that were decided again', () => {
  const given = (creditType: string, centi: number) => ({
    ...{ creditType, centi, programme: null, item: null },
    ...{ facts: { ...VISIT, origin: 'conversion' as const }, roots: lot(0).roots },
  });
  const drawn = (amountCenti: number) => [{ lot: 1, creditType: 'leisure', amountCenti }];
  const decided = (now: Partial<DecidedAgain['now']>, more: Partial<DecidedAgain> = {}): DecidedAgain => ({
    ...{ version: 2, then: { draws: drawn(80), newLots: [given('vocational', 40)] }, lots: [2], isExecuted: true },
    now: { isAllowed: true, draws: drawn(80), newLots: [given('vocational', 40)], validUntil: null, ...now },
    ...more,
  });
  /** What the book has after one that drew 0.80 and gave 0.40, of which 0.10 was used since. */
  const booked = [lot(120), lot(30, { lot: 2, creditType: 'vocational', recognisedCenti: 40 })];

  it.each<[string, DecidedAgain[], [lot: number, centi: number, isWhole: boolean][]]>([
    [
      'the same',
      [decided({})],
      [
        [1, 120, false],
        [2, 30, false],
      ],
    ],
    ['refused', [decided({ isAllowed: false })], [[1, 200, true]]],
    [
      'more for it',
      [decided({ newLots: [given('vocational', 60)] })],
      [
        [1, 120, false],
        [2, 50, false],
      ],
    ],
    ['so little that less than nothing is left', [decided({ newLots: [given('vocational', 5)] })], [[1, 120, false]]],
    [
      'less drawn',
      [decided({ draws: drawn(50) })],
      [
        [1, 150, false],
        [2, 30, false],
      ],
    ],
    [
      'another type',
      [decided({ newLots: [given('degree', 40)] })],
      [
        [1, 120, false],
        [1_000_002_000, 40, true],
      ],
    ],
    [
      'held and refused',
      [decided({ isAllowed: false }, { isExecuted: false, lots: [] })],
      [
        [1, 200, true],
        [2, 30, false],
      ],
    ],
  ])('are those of the book with the difference: %s', (_, earlier, lots) => {
    expect(lotsAnew(booked, earlier).map((one) => [one.lot, one.availableCenti, one.isWhole])).toEqual(lots);
  });

  it('are drawn on by later ones, also credit that never was in the book', () => {
    const first = decided({ newLots: [given('degree', 40)] });
    const [, other] = lotsAnew(booked, [first]);
    const draws = [{ lot: other!.lot, creditType: 'degree', amountCenti: 15 }];
    const second = decided({ draws, newLots: [] }, { version: 3, then: { draws: [], newLots: [] }, lots: [] });
    expect(lotsAnew(booked, [first, second]).at(-1)).toMatchObject({ creditType: 'degree', availableCenti: 25 });
  });
});

const CAP = {
  ...{ code: 'most', name: { zh: '最多', en: 'Most' }, limit: { credit: '0.30' }, per: 'year', whenOver: 'cut' },
};
const HALF = {
  ...{ code: 'half', name: { zh: '半', en: 'Half' }, limit: { credit: '0.50' }, per: 'visit', whenOver: 'refuse' },
};
