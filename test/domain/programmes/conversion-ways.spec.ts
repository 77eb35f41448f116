import { probeRule } from '../../../src/conversion/domain/probe-rule.js';
import type { SourceLot } from '../../../src/conversion/domain/conversion-case.js';
import type { ConversionRule } from '../../../src/policy/domain/conversion-rules.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { findWays } from '../../../src/programmes/domain/conversion-ways.js';
import { whyLeftOut } from '../../../src/programmes/domain/left-out-words.js';
import { ruleBookOf } from '../../../src/programmes/plan-rules.js';
import { shippedFile } from '../policy/pack-parts.js';
import { factsOf, TODAY } from './programme-parts.js';

const PACK = readPolicyPack(shippedFile());
const [RULE] = PACK.conversionRules;
const BOOK = { status: 'active' as const, today: TODAY, history: [] };

function lotOf(creditType: string): SourceLot {
  const facts = factsOf({ creditType, provider: 'a' });
  const roots = [{ entry: 1, creditType, category: 'leisure' as const }];
  return { ...{ lot: 1, creditType, availableCenti: 2, isWhole: true, validUntil: null }, facts, roots };
}

describe('a rule that is asked for a plan', () => {
  it('says what one step brings, and how its limit stands', () => {
    expect(probeRule(PACK, RULE!, BOOK, { lots: [lotOf('leisure')], drawn: [2] })).toMatchObject({
      refusedBy: null,
      newLots: [{ creditType: 'vocational', centi: 1, facts: { origin: 'conversion', provider: 'a' } }],
      limits: [{ id: 'share community-care vocational', unit: 'centi', left: 47, asked: 1 }],
    });
  });

  it.each([
    ['of other learning', 'degree', BOOK, 'conversion-lots-unsuitable'],
    ['in a frozen account', 'leisure', { ...BOOK, status: 'frozen' as const }, 'account-frozen'],
  ])('says why no amount of credit helps %s', (_, type, book, refusedBy) => {
    expect(probeRule(PACK, RULE!, book, { lots: [lotOf(type)], drawn: [2] })).toMatchObject({ refusedBy });
  });
});

describe('ways to convert', () => {
  const waysOf = (rule: ConversionRule) => {
    const pack = { ...PACK, conversionRules: [rule] };
    const credit = [lotOf('leisure'), lotOf('leisure'), lotOf('degree')].map(({ facts, roots }) => ({
      ...{ learning: { facts, roots, isWhole: true }, amountCenti: 20, outcome: 'entry 1' },
    }));
    const book = ruleBookOf(pack, { ...BOOK, lots: [] });
    const programme = PACK.programmes.find(({ code }) => code === 'community-care')!;
    const given = { pack, programme, rules: pack, credit, book, today: TODAY, care: 'fine' as const };
    return findWays({ ...given, apartBy: () => '', dropped: new Set() });
  };

  it('draw credit that no rule can tell apart from one heap, and leave other credit alone', () => {
    const { heapOf, ways, notConsidered } = waysOf(RULE!);
    expect(heapOf).toEqual([0, 0, -1]);
    expect(ways).toMatchObject([{ feeds: [[0]], drawnCenti: 2, products: [{ heap: 1, centi: 1 }] }]);
    expect(notConsidered).toEqual([]);
  });

  it('name a rule that asks for approval with the reason', () => {
    const { ways, notConsidered } = waysOf({ ...RULE!, approval: 'required' });
    expect({ ways, notConsidered }).toEqual({
      ways: [],
      notConsidered: [{ rule: RULE!.code, name: RULE!.name, why: whyLeftOut('approval') }],
    });
  });
});
