import type { ProgrammeBuilder, Row } from './integer-programme.js';
import type { LaidOut } from './lay-out-programme.js';
import type { WayColumns } from './lay-out-ways.js';

/** How much of what a way brings into a heap counts there, where others may draw on the rest. */
export interface CountedColumn {
  own: WayColumns;
  heap: number;
  /** Hundredths of one use. */
  centi: number;
  column: number;
  /** Columns of how many conversions of the way count, one for each cap; none where it cannot bring any. */
  numbers: number[];
}

/**
 * Each conversion of which any credit counts is an outcome. What each brings is therefore told apart: so much of it counts
 * as it is, at most `mostCenti` in a heap, and only the rest may be drawn by others.
 */
export function layNumbers(
  { builder, converted }: LaidOut,
  columns: WayColumns[],
  mostCenti: (heap: number) => number,
): CountedColumn[] {
  const byOutcome = new Map<string, CountedColumn[]>();
  const numbers = new Map<Row['terms'], Map<WayColumns, number>>();
  for (const { outcome, uses, counted } of converted) {
    const parts = byOutcome.get(outcome) ?? layCounted(builder, columns, { outcome, uses, mostCenti });
    byOutcome.set(outcome, parts);
    const ofCap = numbers.get(counted) ?? new Map<WayColumns, number>();
    numbers.set(counted, ofCap);
    for (const { own, column, centi, numbers: ofPart } of parts) {
      const { upper } = builder.columns[column]!;
      const orders = own.way.mostUses === Infinity ? 1 : builder.columns[own.uses]!.upper;
      if (upper === 0 || orders === 0) continue;
      const number = ofCap.get(own) ?? builder.column(0, orders);
      if (!ofCap.has(own)) counted.push([number, 1]);
      ofCap.set(own, number);
      ofPart.push(number);
      builder.row(
        'outcomes',
        [
          [column, 1],
          [number, -(orders === 1 ? upper : Math.min(upper, centi))],
        ],
        -Infinity,
        0,
      );
    }
  }
  return [...byOutcome.values()].flat();
}

/** Columns of what counts of each way that brings some into a heap: together all of it that does. */
function layCounted(
  builder: ProgrammeBuilder,
  columns: WayColumns[],
  { outcome, uses, mostCenti }: { outcome: string; uses: number[]; mostCenti: (heap: number) => number },
): CountedColumn[] {
  const counted = columns.flatMap((own) =>
    own.way.products
      .filter(({ heap }) => outcome === `heap ${heap}`)
      .map(({ heap, centi }): CountedColumn => {
        const column = builder.column(0, Math.min(centi * builder.columns[own.uses]!.upper, mostCenti(heap)));
        builder.row(
          'counted',
          [
            [column, 1],
            [own.uses, -centi],
          ],
          -Infinity,
          0,
        );
        return { own, heap, column, centi, numbers: [] };
      }),
  );
  const parts = counted.map(({ column }): [number, number] => [column, 1]);
  builder.row('counted', [...parts, ...uses.map((column): [number, number] => [column, -1])], 0, 0);
  return counted;
}

/**
 * Conditions under which a conversion either counts or is there for others to draw: of what is drawn the bank takes the
 * soonest to expire first, which may be what was to count.
 */
export function layUnsplit({ columns }: ProgrammeBuilder, counted: CountedColumn[]): Row[] {
  return counted.flatMap(({ own, column, centi, numbers }): Row[] => {
    const most = centi * columns[own.uses]!.upper;
    if (own.way.mostUses !== Infinity) return [];
    return numbers.map((number) => ({
      name: 'unsplit',
      terms: [
        [own.uses, centi],
        [column, -1],
        [number, most],
      ],
      lower: -Infinity,
      upper: most,
    }));
  });
}
