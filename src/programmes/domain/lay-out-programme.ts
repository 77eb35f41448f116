import { programmeLimitAmount } from '../../policy/domain/programme-limits.js';
import type { Programme } from '../../policy/domain/programmes.js';
import { ProgrammeBuilder, type Row } from './integer-programme.js';
import { requiredItems } from '../../policy/domain/programme-items.js';
import { countsOutcomes, type Traits } from './programme-traits.js';

/** Credit that may count: of lots, or of a course or conversion that a plan may choose. */
export interface Supply {
  traits: Traits;
  /** Most hundredths it can give. */
  amountCenti: number;
  /** What counts as one where outcomes are numbered: the entry that brought it in. */
  outcome: string;
  /** As how many outcomes all of it would count, where it comes in many entries of nearly one size; one unless said. */
  entries?: number;
  /** It is brought in by conversions, each of which is an outcome of its own. */
  isConverted?: boolean;
}

/** So much of a supply in a bucket: a column of the integer programme. */
export interface Use {
  supply: number;
  bucket: string;
  isSurplus: boolean;
  column: number;
}

/** How much is missing of something that is asked; `weight` hundredths stand for one of its unit. */
export interface Shortage {
  of: 'total' | 'bucket' | 'floor' | 'item';
  code: string;
  column: number;
  weight: number;
}

/** A programme as conditions on how much of which supply counts where. */
export interface LaidOut {
  builder: ProgrammeBuilder;
  uses: Use[];
  /** Empty where everything must be met. */
  shortages: Shortage[];
  /** Column of what a thing gives to a required item it may stand for. */
  standIns: { item: string; thing: string; gives: number }[];
  /** Converted credit under a cap on a number: the conversions of which any counts are to be added to what it counts. */
  converted: { outcome: string; uses: number[]; counted: Row['terms'] }[];
}

/** A missing outcome weighs as much as a missing credit. */
const OUTCOME_WEIGHT = 100;

/**
 * All rules of a programme as linear conditions: minimum and maximum of buckets, total, caps, floors, required items.
 * With shortages, what is asked may be missed at a price; without, it must be met. That a supply gives no more than it
 * has is for the caller to say.
 */
export function layOutProgramme(programme: Programme, supplies: Supply[], mayMiss: boolean): LaidOut {
  const builder = new ProgrammeBuilder();
  const shortages: Shortage[] = [];
  const uses = supplies.flatMap(({ traits, amountCenti }, supply) =>
    traits.buckets.map(({ code, isSurplus }): Use => ({
      supply,
      bucket: code,
      isSurplus,
      column: builder.column(0, amountCenti),
    })),
  );
  const layout: LaidOut = { builder, uses, shortages, standIns: [], converted: [] };
  const all = (some: Use[]): Row['terms'] => some.map(({ column }) => [column, 1]);
  const ask = (of: Shortage['of'], code: string, terms: Row['terms'], amount: number, weight = 1) => {
    if (amount <= 0) return;
    const name = of === 'total' ? 'total' : `${of} ${code}`;
    if (!mayMiss) return builder.row(name, terms, amount, Infinity);
    const column = builder.column(0, amount);
    shortages.push({ of, code, column, weight });
    builder.row(name, [...terms, [column, 1]], amount, Infinity);
  };
  ask('total', '', all(uses), programme.totalCenti);
  for (const { code, minimumCenti, maximumCenti } of programme.buckets) {
    const terms = all(uses.filter(({ bucket }) => bucket === code));
    ask('bucket', code, terms, minimumCenti);
    if (maximumCenti !== null) builder.row(`maximum ${code}`, terms, 0, maximumCenti);
  }
  layCaps(programme, supplies, layout);
  programme.floors.forEach((floor, index) => {
    const amount = programmeLimitAmount(programme, floor.limit, 'up');
    const speaksOf = uses.filter(({ supply }) => supplies[supply]!.traits.floors[index]);
    if (countsOutcomes(floor))
      ask('floor', floor.code, wholeOutcomes(supplies, layout, speaksOf), amount, OUTCOME_WEIGHT);
    else ask('floor', floor.code, all(speaksOf), amount);
  });
  for (const { code, centi } of requiredItems(programme))
    ask('item', code, layStandIns(supplies, layout, code, centi), centi);
  layOneItemEach(layout, supplies);
  return layout;
}

function layCaps(programme: Programme, supplies: Supply[], { builder, uses, converted }: LaidOut): void {
  programme.caps.forEach((cap, index) => {
    const amount = programmeLimitAmount(programme, cap.limit);
    for (const [, some] of grouped(uses, ({ supply }) => supplies[supply]!.traits.caps[index] ?? null)) {
      if (!countsOutcomes(cap)) {
        builder.row(
          `cap ${cap.code}`,
          some.map(({ column }) => [column, 1]),
          0,
          amount,
        );
        continue;
      }
      const counted: Row['terms'] = [];
      for (const [outcome, of] of grouped(some, ({ supply }) => supplies[supply]!.outcome)) {
        if (supplies[of[0]!.supply]!.isConverted) {
          converted.push({ outcome, uses: of.map(({ column }) => column), counted });
          continue;
        }
        const entries = entriesOf(supplies, of);
        const count = builder.column(0, entries);
        counted.push([count, 1]);
        // The largest of them are at least as large as their mean, rounded up, so that so many always do.
        builder.row(
          `part of cap ${cap.code}`,
          [...of.map(({ column }): [number, number] => [column, entries]), [count, -most(supplies, of)]],
          -Infinity,
          entries - 1,
        );
      }
      builder.row(`cap ${cap.code}`, counted, 0, amount);
    }
  });
}

/** Outcomes of which every hundredth counts: only these fill a floor that is a number. */
function wholeOutcomes(supplies: Supply[], { builder }: LaidOut, uses: Use[]): Row['terms'] {
  // How many conversions bring one in is not known to this row: those are not needed for a floor.
  const own = uses.filter(({ supply }) => !supplies[supply]!.isConverted);
  return grouped(own, ({ supply }) => supplies[supply]!.outcome).map(([, some]) => {
    const entries = entriesOf(supplies, some);
    const count = builder.column(0, entries);
    // The smallest of them are at most as large as their mean, rounded down.
    builder.row(
      'part of a floor',
      [...some.map(({ column }): [number, number] => [column, entries]), [count, -most(supplies, some)]],
      1 - entries,
      Infinity,
    );
    return [count, 1];
  });
}

/** What one thing gives to an item: at most its worth, and only the thing that was chosen to stand for it. */
function layStandIns(
  supplies: Supply[],
  { builder, uses, standIns }: LaidOut,
  item: string,
  centi: number,
): Row['terms'] {
  const fitting = uses.filter(({ supply }) => supplies[supply]!.traits.items.includes(item));
  const choices: Row['terms'] = [];
  const given = grouped(fitting, ({ supply }) => supplies[supply]!.traits.thing).map(
    ([thing, some]): [number, number] => {
      const isChosen = builder.column(0, 1);
      const gives = builder.column(0, centi);
      choices.push([isChosen, 1]);
      standIns.push({ item, thing, gives });
      builder.row(
        `choice ${thing}`,
        [
          [gives, 1],
          [isChosen, -centi],
        ],
        -Infinity,
        0,
      );
      builder.row(
        `part of item ${item}`,
        [...some.map(({ column }): [number, number] => [column, -1]), [gives, 1]],
        -Infinity,
        0,
      );
      return [gives, 1];
    },
  );
  builder.row(`one for item ${item}`, choices, 0, 1);
  return given;
}

/** One thing stands for one required item at most, also where it has the title of several. */
function layOneItemEach({ builder }: LaidOut, supplies: Supply[]): void {
  for (const thing of new Set(
    supplies.filter(({ traits }) => traits.items.length > 1).map(({ traits }) => traits.thing),
  )) {
    const choices = builder.rows.filter(({ name }) => name === `choice ${thing}`).map(({ terms }) => terms[1]![0]);
    builder.row(
      'one item each',
      choices.map((column) => [column, 1]),
      0,
      1,
    );
  }
}

function entriesOf(supplies: Supply[], uses: Use[]): number {
  return Math.max(...uses.map(({ supply }) => supplies[supply]!.entries ?? 1));
}

function most(supplies: Supply[], uses: Use[]): number {
  const some = new Set(uses.map(({ supply }) => supply));
  return [...some].reduce((sum, supply) => sum + supplies[supply]!.amountCenti, 0);
}

function grouped(uses: Use[], keyOf: (use: Use) => string | null): [key: string, uses: Use[]][] {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const key = keyOf(use);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(use);
    else groups.set(key, [use]);
  }
  return [...groups];
}
