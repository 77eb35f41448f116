import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import type { Draw, Lot } from '../../ledger/domain/lots.js';
import { programmeLimitAmount } from '../../policy/domain/programme-limits.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { countLeast, countMost, type Counted } from './count-credit.js';
import { countableLots, type NotCounting } from './countable-lots.js';
import type { CountedPart } from './gather-supplies.js';
import type { Solve } from './integer-programme.js';
import { requiredItems, type ProgrammeRules } from '../../policy/domain/programme-items.js';
import { countsOutcomes, traitsOf } from './programme-traits.js';
import { explainRest, type CapUse } from './explain-rest.js';

/** A learner's credit, measured against a programme. */
export interface EvaluationCase {
  programme: Programme;
  rules: ProgrammeRules;
  lots: Lot[];
  /** What was learnt for each lot. */
  sources: Map<number, OutcomeFacts>;
  today: string;
  solve: Solve;
}

/** How much there is, how much is asked, what is missing: hundredths, or outcomes where `unit` says count. */
export interface Amounts {
  have: number;
  need: number;
  missing: number;
}

/** A part of a lot that counts. */
export interface CountingLot {
  lot: number;
  title: string;
  amountCenti: number;
}

/** Where a learner stands with one bucket, item or floor. */
export interface ProgressLine extends Amounts {
  code: string;
  name: Named;
  unit: 'centi' | 'count';
  counting: CountingLot[];
}

/** A bucket, with the most it takes. */
export interface BucketProgress extends ProgressLine {
  maximumCenti: number | null;
}

/** Where a learner stands with a programme. */
export interface ProgrammeProgress {
  isMet: boolean;
  total: Amounts;
  buckets: BucketProgress[];
  /** Required items. */
  items: ProgressLine[];
  floors: ProgressLine[];
  /** Caps that count something, by group. */
  caps: CapUse[];
  notCounting: NotCounting[];
}

/**
 * Have, need and missing of everything a programme asks, and why the rest does not count. The one calculator: progress,
 * award and plan say what this says. Only available credit counts, so one outcome can never serve two awards.
 */
export function evaluateProgramme(given: EvaluationCase): ProgrammeProgress {
  const { programme, rules, solve } = given;
  const { countable, notCounting } = countableOf(given);
  const counted = countMost(rules, programme, countable, solve);
  const { parts } = counted;
  const buckets = programme.buckets.map(({ code, name, minimumCenti, maximumCenti }): BucketProgress => ({
    ...line(
      code,
      name,
      parts.filter(({ bucket }) => bucket === code),
      minimumCenti,
    ),
    maximumCenti,
  }));
  const items = itemLines(given, counted);
  const floors = programme.floors.map((floor, index): ProgressLine => {
    const some = parts.filter(({ lot }) => traitsOf(rules, programme, lot.facts).floors[index]);
    const need = programmeLimitAmount(programme, floor.limit, 'up');
    if (!countsOutcomes(floor)) return line(floor.code, floor.name, some, need);
    const have = wholeOutcomes(
      countable.filter((lot) => traitsOf(rules, programme, lot.facts).floors[index]),
      some,
    );
    return { ...line(floor.code, floor.name, some, need), unit: 'count', ...amounts(have, need) };
  });
  const total = amounts(sumOf(parts), programme.totalCenti);
  const isMet = [total, ...buckets, ...items, ...floors].every(({ missing }) => missing === 0);
  const rest = explainRest(rules, programme, countable, parts);
  return { isMet, total, buckets, items, floors, caps: rest.caps, notCounting: [...notCounting, ...rest.notCounting] };
}

function countableOf({ programme, rules, lots, sources, today }: EvaluationCase) {
  return countableLots(programme, rules, lots, sources, today);
}

function amounts(have: number, need: number): Amounts {
  return { have, need, missing: Math.max(0, need - have) };
}

function sumOf(parts: { amountCenti: number }[]): number {
  return parts.reduce((sum, { amountCenti }) => sum + amountCenti, 0);
}

function line(code: string, name: Named, parts: CountedPart[], need: number): ProgressLine {
  const counting = new Map<number, CountingLot>();
  for (const { lot, amountCenti } of parts) {
    const { lot: number } = lot.lot;
    const before = counting.get(number)?.amountCenti ?? 0;
    counting.set(number, { lot: number, title: lot.facts.title, amountCenti: before + amountCenti });
  }
  return { code, name, unit: 'centi', ...amounts(sumOf(parts), need), counting: [...counting.values()] };
}

/** Outcomes of which all that is usable counts. */
function wholeOutcomes(countable: { lot: Lot; amountCenti: number }[], counted: CountedPart[]): number {
  const left = new Map<number, number>();
  for (const { lot, amountCenti } of countable) left.set(lot.version, (left.get(lot.version) ?? 0) + amountCenti);
  for (const { lot, amountCenti } of counted) left.set(lot.lot.version, left.get(lot.lot.version)! - amountCenti);
  return [...left.values()].filter((rest) => rest === 0).length;
}

function itemLines({ programme, rules }: EvaluationCase, { parts, standIns }: Counted): ProgressLine[] {
  return requiredItems(programme).map(({ code, title, centi }) => {
    const chosen = standIns.find(({ item }) => item === code);
    const some = parts.filter(({ lot }) => {
      const { thing, items } = traitsOf(rules, programme, lot.facts);
      return thing === chosen?.thing && items.includes(code);
    });
    return { ...line(code, title, some, centi), ...amounts(Math.min(centi, sumOf(some)), centi) };
  });
}

/** What is missing, in words that can stand in a sentence: `vocational 0.30, total 0.10`. */
export function missingInWords({ total, buckets, items, floors }: ProgrammeProgress): string {
  const parts = [...buckets, ...items, ...floors]
    .filter(({ missing }) => missing > 0)
    .map(({ code, unit, missing }) => `${code} ${unit === 'count' ? missing : formatCredit(missing)}`);
  if (total.missing > 0) parts.push(`total ${formatCredit(total.missing)}`);
  return parts.join(', ');
}

/** Credit that an award takes, by lot and by the bucket it counts in. */
export type AwardDraw = Draw & { creditType: string; bucket: string };

/** The lots an award takes: exactly what counts and never more than is asked, soonest to expire first. Null when not met. */
export function drawAward(given: EvaluationCase): AwardDraw[] | null {
  const { programme, rules, solve } = given;
  if (!evaluateProgramme(given).isMet) return null;
  const parts = countLeast(rules, programme, countableOf(given).countable, solve);
  if (!parts)
    throw new Error(`The evaluation says that ${programme.code} is met, the draw finds nothing that meets it`);
  return parts
    .map(({ lot, bucket, amountCenti }) => ({ lot: lot.lot.lot, amountCenti, creditType: lot.lot.creditType, bucket }))
    .sort((a, b) => a.lot - b.lot);
}

/** The drawn lots move to `awarded`: irrevocably debited until the award is revoked. */
export function awardPostings(draws: AwardDraw[]): PostingDraft[] {
  return draws.map(({ lot, amountCenti, creditType }) => ({
    source: 'available',
    destination: 'awarded',
    creditType,
    amount: amountCenti,
    lot,
  }));
}
