import { groupBy } from '../../kernel/group-by.js';
import type { WayBounds } from './bound-ways.js';
import { clash, type Heap, type Way, type Ways } from './ways.js';
import type { ProgrammeBuilder, Row } from './integer-programme.js';

/** A way in the integer programme. */
export interface WayColumns {
  way: Way;
  /** Column of how often it is used; steps where it is a ratio. */
  uses: number;
  /** What it draws on each heap: a column and how many hundredths one of it is. */
  draws: { heap: number; column: number; each: number }[];
}

/** What flows into a heap besides conversions, and what is drawn on it. */
export interface HeapRows {
  /** Hundredths that lots and courses put in: columns of what is drawn of them. */
  drawn: Row['terms'];
  /** Hundredths that could be put in, by columns of courses, and a constant of lots. */
  there: { terms: Row['terms']; centi: number };
  /** What converted credit counts for as it is. */
  used: Row['terms'];
}

/** Columns of the ways. A way with one heap needs none for what it draws: it follows from its uses. */
export function layWays(builder: ProgrammeBuilder, { ways }: Ways, most: WayBounds): WayColumns[] {
  return ways.map((way, index): WayColumns => {
    const uses = builder.column(0, most.uses[index]!);
    const feeds = way.feeds.flat();
    if (feeds.length === 1) return { way, uses, draws: [{ heap: feeds[0]!, column: uses, each: way.drawnCenti }] };
    const draws = feeds.map((heap) => ({
      ...{ heap, each: 1 },
      column: builder.column(0, Math.min(most.heaps[heap]!, most.uses[index]! * way.drawnCenti)),
    }));
    builder.row('steps', [...draws.map(({ column }): [number, number] => [column, 1]), [uses, -way.drawnCenti]], 0, 0);
    return { way, uses, draws };
  });
}

/** Nothing is drawn that is not there, and every limit of the rules holds. */
export function layWayRows(
  builder: ProgrammeBuilder,
  { heaps }: Pick<Ways, 'heaps'>,
  columns: WayColumns[],
  rows: HeapRows[],
): void {
  heaps.forEach((heap, index) => {
    const out = drawsOn(columns, index);
    const into = inflow(columns, index);
    if (heap.isConverted) {
      const terms = [...rows[index]!.used, ...out, ...negative(into)];
      if (rows[index]!.used.length + out.length > 0) builder.row('supply', terms, -Infinity, 0);
    } else if (out.length > 0) builder.row('heap', [...out, ...negative(rows[index]!.drawn)], 0, 0);
  });
  layLimits(builder, columns);
  layLeasts(builder, columns, rows);
  layOutcomes(builder, heaps, columns);
}

function negative(terms: Row['terms']): Row['terms'] {
  return terms.map(([column, coefficient]) => [column, -coefficient]);
}

function drawsOn(columns: WayColumns[], heap: number): Row['terms'] {
  return columns.flatMap(({ draws }) =>
    draws.filter((draw) => draw.heap === heap).map(({ column, each }): [number, number] => [column, each]),
  );
}

/** What conversions bring into a heap. */
export function inflow(columns: WayColumns[], heap: number): Row['terms'] {
  return columns.flatMap(({ way, uses }) =>
    way.products.filter((product) => product.heap === heap).map(({ centi }): [number, number] => [uses, centi]),
  );
}

/** Limits on credit. Those on numbers of outcomes are with the outcomes. */
function layLimits(builder: ProgrammeBuilder, columns: WayColumns[]): void {
  const all = columns.flatMap(({ way, uses }) =>
    way.limits
      .filter(({ unit, asked }) => unit === 'centi' && asked > 0)
      .map(({ id, left, asked }) => ({ id, left, rule: way.rule.code, term: [uses, asked] as [number, number] })),
  );
  for (const [, some] of groupBy(all, ({ id }) => id))
    for (const [left, same] of groupBy(some, (each) => each.left))
      builder.row(
        `conversion ${same[0]!.rule}`,
        some.map(({ term }) => term),
        0,
        left,
      );
  const items = columns.flatMap(({ way, uses }) =>
    way.rule.targets.flatMap(({ programme, item }) => (item === null ? [] : [{ key: `${programme} ${item}`, uses }])),
  );
  for (const [, some] of groupBy(items, ({ key }) => key))
    if (some.length > 1)
      builder.row(
        'attempt',
        [...new Set(some.map(({ uses }) => uses))].map((uses) => [uses, 1]),
        0,
        1,
      );
}

/** Of every source there must be its minimum when the rule is used, and each gives at least a hundredth. */
function layLeasts(builder: ProgrammeBuilder, columns: WayColumns[], rows: HeapRows[]): void {
  for (const own of columns) {
    const { way, uses, draws } = own;
    const isMixed = way.feeds.length > 1;
    way.rule.sources.forEach(({ minimumCenti }, index) => {
      const feed = way.feeds[index]!;
      const isEnough = !isMixed && way.drawnCenti >= minimumCenti;
      if (isEnough || builder.columns[uses]!.upper === 0) return;
      const isUsed = usedColumn(builder, own);
      if (isMixed) {
        const drawn = draws
          .filter(({ heap }) => feed.includes(heap))
          .map(({ column }): [number, number] => [column, 1]);
        builder.row('source', [...drawn, [isUsed, -1]], 0, Infinity);
      }
      if (minimumCenti <= 1) return;
      const others = columns.filter((other) => other !== own);
      const there = feed.flatMap((heap) => [...rows[heap]!.there.terms, ...inflow(columns, heap)]);
      const lots = feed.reduce((sum, heap) => sum + rows[heap]!.there.centi, 0);
      const taken = feed.flatMap((heap) => negative(drawsOn(others, heap)));
      builder.row('source', summed([...there, ...taken, [isUsed, -minimumCenti]]), -lots, Infinity);
    });
  }
}

/** One column each: a solver wants no column twice in a row. */
function summed(terms: Row['terms']): Row['terms'] {
  return [...groupBy(terms, ([column]) => column)].map(([column, some]) => [
    column,
    some.reduce((sum, [, coefficient]) => sum + coefficient, 0),
  ]);
}

function usedColumn(builder: ProgrammeBuilder, { uses }: WayColumns): number {
  const most = builder.columns[uses]!.upper;
  if (most <= 1) return uses;
  const isUsed = builder.column(0, 1);
  builder.row(
    'used',
    [
      [uses, 1],
      [isUsed, -most],
    ],
    -Infinity,
    0,
  );
  return isUsed;
}

/** One outcome serves one of the rules that clash, and limits that count outcomes count it once for each conversion. */
function layOutcomes(builder: ProgrammeBuilder, heaps: Heap[], columns: WayColumns[]): void {
  const marks = new Map<string, number>();
  const mark = (own: WayColumns, draw: WayColumns['draws'][number]): number => {
    const key = `${columns.indexOf(own)} ${draw.heap}`;
    const known = marks.get(key);
    if (known !== undefined) return known;
    const { upper } = builder.columns[draw.column]!;
    const column = upper <= 1 ? draw.column : builder.column(0, 1);
    if (column !== draw.column)
      builder.row(
        'outcome',
        [
          [draw.column, 1],
          [column, -upper],
        ],
        -Infinity,
        0,
      );
    marks.set(key, column);
    return column;
  };
  heaps.forEach(({ outcome }, index) => {
    if (outcome === null) return;
    const here = columns.flatMap((own) =>
      own.draws.filter(({ heap }) => heap === index).map((draw) => ({ own, draw })),
    );
    for (const some of cliques(here, (a, b) => clashes(a.own.way, b.own.way)))
      builder.row(
        'one use',
        some.map(({ own, draw }) => [mark(own, draw), 1]),
        0,
        1,
      );
  });
  const counted = columns.flatMap((own) =>
    own.way.limits
      .filter(({ unit }) => unit === 'count')
      .flatMap(({ id, left }) => own.draws.map((draw) => ({ id, left, own, draw }))),
  );
  for (const [, some] of groupBy(counted, ({ id }) => id)) {
    const terms = some.map(({ own, draw }): [number, number] => [mark(own, draw), 1]);
    builder.row(`conversion ${some[0]!.own.way.rule.code}`, summed(terms), 0, some[0]!.left);
  }
}

/** Whole outcomes are gone for everybody once one rule took them. */
function clashes(a: Way, b: Way): boolean {
  if (a.rule === b.rule) return a.rule.singleUse !== null || a.rule.isWholeOnly || a.rule.surplusType !== null;
  return (
    clash(a.rule, b.rule) ||
    [a.rule, b.rule].some(({ isWholeOnly, surplusType }) => isWholeOnly || surplusType !== null)
  );
}

/** Few groups in which every two clash, that together have every pair which does. */
function cliques<T>(all: T[], clash: (a: T, b: T) => boolean): T[][] {
  const groups: T[][] = [];
  const isTogether = (a: T, b: T) => groups.some((group) => group.includes(a) && group.includes(b));
  all.forEach((a, index) => {
    for (const b of all.slice(index + 1)) {
      if (!clash(a, b) || isTogether(a, b)) continue;
      const group = [a, b];
      for (const c of all) if (!group.includes(c) && group.every((each) => clash(each, c))) group.push(c);
      groups.push(group);
    }
  });
  return groups;
}
