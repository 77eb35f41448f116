import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { passedWords } from '../../src/conversion/domain/check-words.js';
import { isSameDecision } from '../../src/conversion/domain/same-decision.js';
import { decideConversion, redecide } from '../../src/conversion/domain/decide-conversion.js';
import type { ConversionDecision, PastPart, SourceLot } from '../../src/conversion/domain/conversion-case.js';
import { OUTCOME_CLASSES, type OutcomeClass } from '../../src/kernel/outcome.js';
import { formatCredit } from '../../src/kernel/credit.js';
import { creditTypeOf } from '../../src/policy/domain/policy-pack.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import { OPEN, VISIT } from '../domain/conversion/conversion-parts.js';
import { centiOf, readTable, type Row } from './read-table.js';

const PACK = readPolicyPack(parse(readFileSync(new URL('conversion-rules.yaml', import.meta.url), 'utf8')));
const TODAY = '2024-06-10';

/**
 * An outcome as a row writes it: `certificate postal-clerk 8.00`. The first word is its class, its type of credit, `level`
 * with the level after it, `hours` for visits, or `other` for a course of another institution. Later ones have the lower grade.
 */
function outcomeOf(written: string, index: number): SourceLot {
  const [text, title] = written.split(' title=') as [string, string?];
  const words = text.split(' ');
  const availableCenti = centiOf(words.pop()!);
  const first = words.shift()!;
  const level = first === 'level' ? words.shift()! : null;
  const creditType = creditTypeOf(PACK, first) ? first : 'vocational';
  const isClass = (OUTCOME_CLASSES as readonly string[]).includes(first);
  const outcomeClass = first === 'hours' ? 'activity' : isClass ? (first as OutcomeClass) : 'course';
  const facts = {
    ...{
      ...VISIT,
      creditType,
      outcomeClass,
      level,
      origin: 'recognition' as const,
      isAssessed: true,
      grade: 80 - index,
    },
    ...{ item: words[0] ?? null, provider: first === 'other' ? 'B' : 'A' },
    // Outcomes are of different courses unless the row gives them one item.
    title: title ?? `成果 ${index + 1}`,
  };
  const category = creditTypeOf(PACK, creditType)!.category;
  const lot = index + 1;
  const roots = [{ entry: lot, creditType, category }];
  return { lot, creditType, availableCenti, isWhole: true, validUntil: null, facts, roots };
}

/** What the row says was converted before, decided by the engine itself and counted as it would be. */
function convertBefore(row: Row, lots: SourceLot[]): { lots: SourceLot[]; history: PastPart[] } {
  if (!row['converted before']) return { lots, history: [] };
  const [rule, amount] = row['converted before'].split('=') as [string, string];
  const history: PastPart[] = [];
  let left = lots;
  // A limit may count outcomes: each is converted by itself, as far as the amount goes.
  let centi = amount ? centiOf(amount) : null;
  for (const { lot, availableCenti } of lots) {
    if (centi === 0) break;
    const fromCenti = centi === null ? null : Math.min(centi, availableCenti);
    const { decision } = decide(rule, fromCenti, left, history, amount ? [lot] : null);
    expect(decision.checks.filter(({ isPassed }) => !isPassed)).toEqual([]);
    const past = PACK.conversionRules.find(({ code }) => code === rule)!;
    const marks = { conversion: 100 + lot, rule, capProgramme: null, decidedOn: TODAY };
    history.push(...decision.parts.map((part) => ({ ...part, ...marks, isEver: past.singleUse === 'ever' })));
    left = drawn(left, decision);
    if (centi === null) break;
    centi -= fromCenti!;
  }
  return { lots: left, history };
}

function drawn(lots: SourceLot[], { draws }: ConversionDecision): SourceLot[] {
  return lots.map((lot) => {
    const taken = draws.find((draw) => draw.lot === lot.lot)?.amountCenti ?? 0;
    return { ...lot, availableCenti: lot.availableCenti - taken, isWhole: lot.isWhole && taken === 0 };
  });
}

function decide(
  rule: string,
  fromCenti: number | null,
  lots: SourceLot[],
  history: PastPart[],
  named: number[] | null = null,
) {
  return decideConversion(PACK, {
    ...{ asked: { ...OPEN, rule, fromCenti, lots: named }, status: 'active', today: TODAY, restCenti: 0, history },
    lots: lots.filter(({ availableCenti }) => availableCenti > 0),
  });
}

/** The check a row names: of several of its kind the one with the same limit. */
function limitsOf({ checks }: ConversionDecision): string[] {
  return checks
    .filter(({ check }) => check === 'cap' || check === 'floor')
    .map(({ check, facts }) =>
      [check, ...['limit', 'used', 'left', 'cut'].flatMap((name) => (facts[name] as string | undefined) ?? [])].join(
        ' ',
      ),
    );
}

describe('conversions.csv: what becomes of an outcome', () => {
  it.each(readTable('conversions.csv'))('$id: $source', (row) => {
    const outcomes = row['outcomes']!.split(' + ').map(outcomeOf);
    const { lots, history } = convertBefore(row, outcomes);
    const asked = row['asked'] ? centiOf(row['asked']) : null;
    const { decision, inputs } = decide(row['rule']!, asked, lots, history);
    const failed = decision.checks.filter(({ isPassed }) => !isPassed);
    expect(failed[0]?.code ?? 'allowed').toBe(row['result']);
    expect(decision.isAllowed).toBe(row['result'] === 'allowed');
    if (decision.isAllowed)
      expect([formatCredit(decision.fromCenti), formatCredit(decision.toCenti)]).toEqual([row['given'], row['got']]);
    if (row['limit']) expect(limitsOf(decision)).toContain(row['limit']);
    // Made again from what was kept of it, as JSON, it is the same.
    const kept = JSON.parse(JSON.stringify(inputs)) as typeof inputs;
    expect(redecide(PACK, decision.rule, kept)).toEqual(decision);
  });

  it('gives three courses for one certificate and uses it once', () => {
    const [certificate] = ['certificate postal-clerk 8.00'].map(outcomeOf);
    const { decision } = decide('postal-clerk', null, [certificate!], []);
    expect(decision.draws).toEqual([{ lot: 1, creditType: 'vocational', amountCenti: 800 }]);
    expect(decision.newLots.map(({ item, centi, facts }) => [item, centi, facts.title, facts.grade])).toEqual([
      ['C1', 300, '课程一', null],
      ['C2', 300, '课程二', null],
      ['C3', 200, '课程三', null],
    ]);
    expect(
      decision.newLots.map(({ facts: { origin, outcomeClass, provider } }) => [origin, outcomeClass, provider]),
    ).toEqual(Array.from({ length: 3 }, () => ['conversion', 'certificate', 'A']));
  });

  it('makes the surplus of two outcomes elective credit, and carries the lower mark', () => {
    const two = ['vocational training-c 2.25', 'vocational training-d 2.00'].map(outcomeOf);
    const { newLots } = decide('two-to-two', null, two, []).decision;
    expect(newLots.map(({ creditType, item, centi }) => [creditType, item, centi])).toEqual([
      ['degree', 'C5', 200],
      ['degree', 'C6', 150],
      ['elective', null, 75],
    ]);
    const one = ['vocational training-a 3.00', 'vocational training-b 2.00'].map(outcomeOf);
    expect(decide('two-to-one', null, one, []).decision.newLots).toMatchObject([{ item: 'C4', facts: { grade: 79 } }]);
  });

  it('names what a limit counted: its period, the days that decide it and the conversions before', () => {
    const lots = ['vocational yearly 4.00', 'vocational yearly 9.00'].map(outcomeOf);
    const before = convertBefore({ 'converted before': 'yearly=4.00' }, lots);
    const { decision } = decide('yearly', 400, before.lots, before.history);
    const cap = decision.checks.find(({ check }) => check === 'cap')!;
    expect(cap.facts).toMatchObject({
      ...{ cap: 'five', per: 'year', countedBy: 'posting', from: '2024-03-01', to: '2025-02-28' },
      ...{ limit: '5.00', used: '2.00', left: '3.00', asked: '2.00', usedBy: '101' },
    });
    expect(passedWords(cap)).toEqual({
      zh: '每年（2024-03-01—2025-02-28）：上限 5.00，已用 2.00，尚余 3.00，申请 2.00',
      en: 'A year (2024-03-01—2025-02-28): limit 5.00, used 2.00, left 3.00, asked 2.00',
    });
  });

  it('names the outcomes that single use looked at, and the conversion that one of them served', () => {
    const lots = ['certificate postal-clerk 8.00', 'certificate postal-clerk 9.00'].map(outcomeOf);
    const fresh = decide('postal-clerk', null, lots, []).decision.checks.find(({ check }) => check === 'single-use')!;
    expect(fresh).toMatchObject({ isPassed: true, facts: { outcomes: '1', used: '0', left: '1', usedBy: null } });
    expect(passedWords(fresh).zh).toBe('分录 1 的成果尚未用于项目 courses');
    const before = convertBefore({ 'converted before': 'postal-clerk=' }, lots.slice(0, 1));
    const spent = decide('postal-clerk', null, before.lots, before.history).decision.checks.find(
      ({ check }) => check === 'single-use',
    );
    expect(spent).toMatchObject({ isPassed: false, facts: { leftOut: '1', used: '1', left: '0', usedBy: '101' } });
  });

  it('says what the rule does not take where it leaves too little', () => {
    const lots = ['vocational plain 1.00', 'vocational hobby 5.00'].map(outcomeOf);
    const { decision, inputs } = decide('plain', 300, lots, []);
    const credit = decision.checks.find(({ check }) => check === 'credit')!;
    expect(credit).toMatchObject({ isPassed: false, facts: { available: '1.00', needed: '3.00', notTaken: '5.00' } });
    expect(redecide(PACK, decision.rule, JSON.parse(JSON.stringify(inputs)) as typeof inputs)).toEqual(decision);
  });

  it('is the same decision when more is told of it than was kept, and another one when less or otherwise', () => {
    const lots = ['vocational plain 4.00'].map(outcomeOf);
    const { decision } = decide('plain', 300, lots, []);
    const [first, ...others] = decision.checks;
    const with_ = (checks: typeof decision.checks) => ({ ...decision, checks });
    const less = { ...first!, facts: {} };
    const other = { ...first!, facts: { ...first!.facts, status: 'frozen' } };
    expect(isSameDecision(with_([less, ...others]), decision)).toBe(true);
    expect(isSameDecision(with_(others), decision)).toBe(true);
    expect(isSameDecision(decision, with_([less, ...others]))).toBe(false);
    expect(isSameDecision(decision, with_(others))).toBe(false);
    expect(isSameDecision(with_([other, ...others]), decision)).toBe(false);
    expect(isSameDecision(with_(others), with_([{ ...first!, isPassed: false }, ...others]))).toBe(false);
    expect(isSameDecision({ ...decision, toCenti: 1 }, decision)).toBe(false);
  });

  it('tells what to supplement where the overlap is too low', () => {
    const lots = ['vocational near-course 3.00'].map(outcomeOf);
    const overlap = decide('overlap-75', 300, lots, []).decision.checks.find(({ check }) => check === 'overlap');
    expect(overlap).toMatchObject({
      facts: { overlapPercent: 75, leastPercent: 80, supplement: '补修第三单元', supplementEn: 'Do unit three' },
    });
  });

  it('keeps institutions apart where credit stands in for no item', () => {
    const lots = ['course subject-a 3.00', 'other subject-b 2.00'].map(outcomeOf);
    const { newLots } = decide('korea', 500, lots, []).decision;
    expect(newLots.map(({ centi, facts }) => [centi, facts.provider])).toEqual([
      [300, 'A'],
      [200, 'B'],
    ]);
  });

  it('never lets what began as leisure become degree credit, whatever it was converted into since', () => {
    const [lot] = ['vocational hobby 5.00'].map(outcomeOf);
    const roots = [{ entry: 7, creditType: 'leisure', category: 'leisure' as const }];
    const [failed] = decide('anything', 100, [{ ...lot!, roots }], []).decision.checks.filter(
      ({ isPassed }) => !isPassed,
    );
    expect(failed).toMatchObject({ check: 'category', code: 'leisure-to-degree-forbidden' });
    // A type that no pack knows any more is not trusted either.
    const lost = [{ entry: 7, creditType: 'gone', category: null }];
    expect(decide('anything', 100, [{ ...lot!, roots: lost }], []).decision.isAllowed).toBe(false);
    // Of two lots the other one is drawn.
    const other = { ...outcomeOf('vocational hobby-b 5.00', 1), validUntil: '2030-01-01' };
    const mixed = decide('anything', 100, [{ ...lot!, roots, validUntil: '2025-01-01' }, other], []).decision;
    expect(mixed).toMatchObject({ isAllowed: true, draws: [{ lot: 2, amountCenti: 100 }] });
  });
});
