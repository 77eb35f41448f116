import { decideConversion } from '../../../src/conversion/domain/decide-conversion.js';
import { marksOf } from '../../../src/conversion/domain/past-parts.js';
import { replayConversions, type ConversionThen } from '../../../src/conversion/domain/replay-conversions.js';
import type { ConversionInputs, PastPart, SourceLot } from '../../../src/conversion/domain/conversion-case.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { packWith } from '../recognition/a-case.js';
import { OPEN, VISIT } from './conversion-parts.js';

const SHIPPED = packWith();
const ONCE = packWith(({ conversionRules }) => (conversionRules[0]!.singleUse = 'ever'));

/** Leisure credit of one visit, of which so much is left. */
function lot(availableCenti: number): SourceLot {
  return {
    ...{ lot: 1, creditType: 'leisure', availableCenti, isWhole: false, validUntil: null, facts: VISIT },
    roots: [{ entry: 1, creditType: 'leisure', category: 'leisure' }],
  };
}

/** Leisure into vocational credit as the shipped rules decided it: two for one. */
function then(version: number, fromCenti: number, changes: Partial<ConversionThen> = {}): ConversionThen {
  const inputs: Omit<ConversionInputs, 'history'> = {
    ...{ status: 'active', today: '2024-06-10', lots: [lot(200)], restCenti: 0 },
    asked: { ...OPEN, from: 'leisure', to: 'vocational', fromCenti },
  };
  return {
    ...{ version, decidedOn: '2024-06-10', isStanding: true },
    ...marksOf(SHIPPED.conversionRules[0]),
    decision: decideConversion(SHIPPED, { ...inputs, history: [] }).decision,
    looksAt: { inputs, counted: new Set(), elsewhere: [] },
    ...changes,
  };
}

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
    const both = [looking(second, { counted: new Set([2]) }), first];
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
    const outcome = replayConversions([first, looking(second, { counted: new Set([2]) })], ONCE);
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
    const later = looking(then(3, 20), { counted: new Set([2]) });
    expect(replayConversions([other, later], SHIPPED).refused).toEqual(['outcome-already-converted']);
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

const CAP = {
  ...{ code: 'most', name: { zh: '最多', en: 'Most' }, limit: { credit: '0.30' }, per: 'year', whenOver: 'cut' },
};
