import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { Entry } from '../../../src/ledger/domain/entry.js';
import { summarise } from '../../../src/ledger/domain/summarise.js';
import { balances, DAY, NOW } from './book-parts.js';
import { GATED, GATHERING, type Course } from './histories-pack.js';
import { MemoryBank, stepOf, type Command } from './memory-bank.js';

/** Courses are named by their place, so that a failing example stays readable. */
interface Visit {
  course: number;
  seconds: number;
}

const ALL = [...GATHERING, ...GATED];

/** A bank to which visits come in the order given; each is a session of its own. */
class Counter {
  readonly bank = new MemoryBank();
  private asked = 0;

  visit(visit: Visit): Entry {
    return this.done({ do: 'visit', ...visit, course: ALL[visit.course]!, session: this.asked, day: DAY });
  }

  complete(gated: Course): Entry {
    return this.done({ do: 'complete', course: gated, day: DAY });
  }

  undo(entry: Entry): Entry {
    return this.done({ do: 'reverse', version: entry.version });
  }

  private done(command: Command): Entry {
    this.asked += 1;
    const answer = this.bank.submit(`key-${this.asked}`, command, NOW);
    assert.ok(!(answer instanceof Refusal), `${command.do} was refused: ${(answer as Refusal).code}`);
    return answer;
  }
}

/** What the visits are worth: whole steps of the sum of each kind of time, and what is left of it. */
function worth(visits: Visit[]): Record<string, number> {
  const seconds = new Map<string, number>();
  const result: Record<string, number> = {};
  for (const { course: each, seconds: more } of visits) {
    const { timeBucket, creditType, secondsPerQuantum, quantumCenti } = stepOf(ALL[each]!, DAY)!;
    const time = `${timeBucket}:${creditType}`;
    const before = seconds.get(time) ?? 0;
    seconds.set(time, before + more);
    const quanta = Math.floor((before + more) / secondsPerQuantum) - Math.floor(before / secondsPerQuantum);
    const credit = `available:${creditType}`;
    result[credit] = (result[credit] ?? 0) + quanta * quantumCenti;
    result[time] = (before + more) % secondsPerQuantum;
  }
  return Object.fromEntries(Object.entries(result).filter(([, amount]) => amount !== 0));
}

const SECONDS = fc.oneof(fc.integer({ min: 1, max: 600 }), fc.integer({ min: 1, max: 30_000 }));
const VISIT: fc.Arbitrary<Visit> = fc.record({ course: fc.nat(GATHERING.length - 1), seconds: SECONDS });
const VISITS = fc.array(VISIT, { minLength: 1, maxLength: 12 });

/** The numbers in another order, by sort keys that the test was given. */
function reordered<T>(items: T[], keys: number[]): T[] {
  return items
    .map((item, index) => ({ item, key: keys[index % keys.length]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** The same study time in more visits. */
function split(visits: Visit[], cuts: number[]): Visit[] {
  return visits.flatMap((visit, index) => {
    const first = cuts[index % cuts.length]! % visit.seconds;
    return first === 0
      ? [visit]
      : [
          { ...visit, seconds: first },
          { ...visit, seconds: visit.seconds - first },
        ];
  });
}

const KEYS = fc.array(fc.nat(1_000_000), { minLength: 24, maxLength: 24 });

describe('study time that gathers', () => {
  it('is worth the whole steps of its sum, in any order and any split', () => {
    fc.assert(
      fc.property(VISITS, KEYS, KEYS, (visits, cuts, order) => {
        const counter = new Counter();
        for (const visit of reordered(split(visits, cuts), order)) counter.visit(visit);
        expect(balances(counter.bank.book)).toEqual(worth(visits));
      }),
      { numRuns: 300 },
    );
  });

  it('is worth the same when other visits came between and were undone, in any order', () => {
    const between = fc.array(fc.record({ visit: VISIT, key: fc.nat(1_000_000) }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(VISITS, between, KEYS, (visits, mistakes, order) => {
        const counter = new Counter();
        const wrong: { entry: Entry; key: number }[] = [];
        const all = [...visits.map((visit) => ({ visit, key: null })), ...mistakes];
        for (const { visit, key } of reordered(all, order)) {
          const entry = counter.visit(visit);
          if (key !== null) wrong.push({ entry, key });
          // Some mistakes are noticed at once, the others at the end.
          const last = wrong.at(-1);
          if (last && last.key % 3 === 0) counter.undo(wrong.pop()!.entry);
        }
        for (const { entry } of wrong.sort((a, b) => a.key - b.key)) counter.undo(entry);
        expect(balances(counter.bank.book)).toEqual(worth(visits));
      }),
      { numRuns: 300 },
    );
  });

  it('is worth the same when visits were undone and brought back, in any order', () => {
    fc.assert(
      fc.property(VISITS, KEYS, KEYS, (visits, undoOrder, restoreOrder) => {
        const counter = new Counter();
        const entries = visits.map((visit) => counter.visit(visit));
        const undone = reordered(entries, undoOrder).map((entry) => counter.undo(entry));
        expect(balances(counter.bank.book)).toEqual({});
        for (const reversal of reordered(undone, restoreOrder)) counter.undo(reversal);
        expect(balances(counter.bank.book)).toEqual(worth(visits));
      }),
      { numRuns: 300 },
    );
  });

  it('is worth the same after it waited in a gated course, whenever that was completed', () => {
    const gated = fc.record({ course: fc.integer({ min: GATHERING.length, max: ALL.length - 1 }), seconds: SECONDS });
    fc.assert(
      fc.property(VISITS, fc.array(gated, { minLength: 1, maxLength: 6 }), KEYS, (visits, inCourses, order) => {
        const counter = new Counter();
        for (const visit of reordered([...visits, ...inCourses], order)) counter.visit(visit);
        const passed = new Set(inCourses.map((visit) => visit.course));
        for (const each of passed) counter.complete(ALL[each]!);
        expect(balances(counter.bank.book)).toEqual(worth([...visits, ...inCourses]));
      }),
      { numRuns: 300 },
    );
  });

  it('makes exactly 1.00 of eighteen class hours of 45 minutes, in any split', () => {
    const total = 18 * 45 * 60;
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: total - 1 }), { maxLength: 40 });
    fc.assert(
      fc.property(cuts, (unsorted) => {
        const ends = [...unsorted, total].sort((a, b) => a - b);
        const counter = new Counter();
        ends.forEach((end, index) => counter.visit({ course: 0, seconds: end - (ends[index - 1] ?? 0) }));
        expect(balances(counter.bank.book)).toEqual({ 'available:leisure': 100 });
        expect(summarise(counter.bank.postings)).toMatchObject({
          credits: [{ creditType: 'leisure', recognisedCenti: 100, availableCenti: 100 }],
          studyTime: [{ creditType: 'leisure', attendedSeconds: total, waitingSeconds: 0, pendingSeconds: 0 }],
        });
      }),
      { numRuns: 300 },
    );
  });

  it('makes 1.00 of the eighteen class hours of a course attended hour by hour', () => {
    const counter = new Counter();
    for (let hour = 1; hour <= 18; hour += 1) {
      counter.visit({ course: 0, seconds: 45 * 60 });
      expect(counter.bank.book.balances.get('available:leisure')).toBe(Math.floor((hour * 100) / 18));
    }
    expect(balances(counter.bank.book)).toEqual({ 'available:leisure': 100 });
  });
});
