import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shanghaiDay } from '../../../src/kernel/clock.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import { checkAudit, checkBook } from './book-checks.js';
import { balances, NOW, printed } from './book-parts.js';
import { course, COURSES, GATED, type Course } from './histories-pack.js';
import { MemoryBank, type Command } from './memory-bank.js';

const DAY_MS = 86_400_000;

/** One thing that happens, before the history says to which entry. */
type Happening =
  | { do: 'visit'; course: number; session: number; seconds: number }
  | { do: 'complete'; course: number }
  | { do: 'convert' | 'award'; perMille: number }
  | { do: 'reverse' | 'reverse-and-restore' | 'revoke' | 'replay'; pick: number };

const PER_MILLE = fc.oneof(fc.constant(1_000), fc.integer({ min: 1, max: 1_000 }));
const HAPPENING: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('visit' as const),
      course: fc.nat(2),
      session: fc.nat(7),
      seconds: fc.oneof(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 20_000 }), fc.constant(2_700)),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('complete' as const), course: fc.nat(2) }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom('convert' as const, 'award' as const), perMille: PER_MILLE }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      do: fc.constantFrom<'reverse' | 'reverse-and-restore' | 'replay' | 'revoke'>(
        ...(['reverse', 'reverse', 'reverse', 'reverse', 'reverse-and-restore', 'replay', 'revoke'] as const),
      ),
      pick: fc.nat(24),
    }),
  },
);
/** The clock mostly goes on, sometimes jumps back by days and sometimes on by years. */
const CLOCK_STEP_MS = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: DAY_MS }) },
  { weight: 1, arbitrary: fc.integer({ min: -3 * DAY_MS, max: -1 }) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 900 * DAY_MS }) },
);

interface History {
  /** Places in the list of courses. */
  courses: number[];
  moments: Moment[];
}

interface Moment {
  happening: Happening;
  clockStepMs: number;
}

/** Few courses in one history, most of them sharing an account, so that visits fill the same steps and reversals meet. */
const SHARED = [
  ['CLASS-leisure'],
  ['CLASS-leisure', 'MUSEUM-leisure'],
  ['CLASS-vocational', 'COURSE-vocational'],
  ['VOLUNTEER-leisure', 'VOLUNTEER_COURSE-leisure'],
].map((ids) => ids.map((id) => COURSES.findIndex(({ courseId }) => courseId === id)));
const HISTORY: fc.Arbitrary<History> = fc.record({
  courses: fc.oneof(
    fc.constantFrom(...SHARED),
    fc.uniqueArray(fc.nat(COURSES.length - 1), { minLength: 1, maxLength: 3 }),
  ),
  moments: fc.array(fc.record({ happening: HAPPENING, clockStepMs: CLOCK_STEP_MS }), {
    minLength: 1,
    maxLength: 30,
    size: 'max',
  }),
});

function choose<T>(items: T[], index: number): T {
  return items[index % items.length]!;
}

/** A bank in use: what was asked under which key, what the book said then, and a clock. */
class Run {
  readonly bank = new MemoryBank();
  private readonly asked: { key: string; command: Command; answer: unknown }[] = [];
  private readonly printed: string[] = [];
  private nowMs = NOW;

  constructor(private readonly courses: Course[]) {}

  static of({ courses, moments }: History): Run {
    const run = new Run(courses.map((index) => COURSES[index]!));
    for (const moment of moments) run.step(moment);
    checkAudit(run.bank);
    return run;
  }

  step({ happening, clockStepMs }: Moment): void {
    this.nowMs += clockStepMs;
    if (happening.do === 'replay') this.replay(happening.pick);
    else if (happening.do === 'reverse-and-restore') this.reverseAndRestore(happening.pick);
    else this.ask(this.commandOf(happening));
    checkBook(this.bank);
    this.checkPrefix();
  }

  private commandOf(happening: Exclude<Happening, { do: 'replay' | 'reverse-and-restore' }>): Command {
    const day = shanghaiDay(this.nowMs);
    switch (happening.do) {
      case 'visit':
        return { ...happening, course: choose(this.courses, happening.course), day };
      case 'complete': {
        const gated = this.courses.filter(({ activity }) => activity.completion);
        return { ...happening, course: choose(gated.length > 0 ? gated : GATED, happening.course), day };
      }
      case 'convert':
        return { ...happening, do: 'convert', from: 'leisure', to: 'vocational' };
      case 'award':
        return { ...happening, do: 'award', creditTypes: ['leisure', 'vocational'] };
      case 'revoke': {
        const awards = this.bank.entries.filter(({ kind }) => kind === 'award');
        return { do: 'reverse', version: awards[happening.pick % Math.max(1, awards.length)]?.version ?? 0 };
      }
      default:
        return { do: 'reverse', version: this.pickVersion(happening.pick) };
    }
  }

  /** Mostly an entry that nobody has undone; with the highest picks any of the first ones, undone or not. */
  private pickVersion(pick: number): number {
    const open = this.bank.entries.filter(({ version }) => this.bank.reversedBy(version) === undefined);
    return pick > 20 || open.length === 0 ? pick - 20 : choose(open, pick).version;
  }

  private ask(command: Command): unknown {
    const before = printed(this.bank.book);
    const key = `key-${this.asked.length}`;
    const answer = this.bank.submit(key, command, this.nowMs);
    if (answer instanceof Refusal) assert.equal(printed(this.bank.book), before);
    this.asked.push({ key, command, answer });
    return answer;
  }

  private replay(pick: number): void {
    const earlier = this.asked[pick % Math.max(1, this.asked.length)];
    if (!earlier) return;
    const before = printed(this.bank.book);
    assert.equal(this.bank.submit(earlier.key, earlier.command, this.nowMs), earlier.answer);
    assert.equal(printed(this.bank.book), before);
  }

  private reverseAndRestore(pick: number): void {
    const before = balances(this.bank.book);
    const undone = this.ask({ do: 'reverse', version: this.pickVersion(pick) });
    if (undone instanceof Refusal) return;
    const restored = this.ask({ do: 'reverse', version: this.bank.book.version });
    assert.ok(!(restored instanceof Refusal), 'what was just undone can be restored');
    assert.deepEqual(balances(this.bank.book), before);
  }

  /** What was written stays as it was written. */
  private checkPrefix(): void {
    for (const [index, entry] of this.bank.entries.entries()) {
      const text = JSON.stringify(entry);
      this.printed[index] ??= text;
      assert.equal(text, this.printed[index]);
    }
  }
}

describe('any history of visits, completions, conversions, awards, replays and reversals', () => {
  it('keeps the book right after every step', () => {
    fc.assert(
      fc.property(HISTORY, (history) => {
        Run.of(history);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never refuses to undo what nobody has used since', () => {
    const withoutUse = HISTORY.map(({ courses, moments }) => ({
      courses,
      moments: moments.filter(({ happening }) => happening.do !== 'convert' && happening.do !== 'award'),
    }));
    fc.assert(
      fc.property(withoutUse, (history) => {
        const run = Run.of(history);
        for (const { version, kind } of [...run.bank.entries]) {
          if (kind === 'reversal' || !run.bank.counts(version)) continue;
          const answer = run.bank.submit(`undo-${version}`, { do: 'reverse', version }, NOW);
          expect(answer instanceof Refusal ? answer.code : 'done').not.toBe('credit-already-used');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('never draws one hundredth twice, however often all of it is asked for', () => {
    const use = fc.record({ do: fc.constantFrom('convert' as const, 'award' as const), perMille: PER_MILLE });
    const visits = fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(visits, fc.array(use, { minLength: 2, maxLength: 10 }), (seconds, uses) => {
        const run = new Run([course('CLASS', 'leisure')]);
        for (const [session, each] of seconds.entries()) {
          run.step({ happening: { do: 'visit', course: 0, session, seconds: each }, clockStepMs: 1 });
        }
        for (const happening of uses) run.step({ happening, clockStepMs: 1 });
        const used = run.bank.postings.filter(
          ({ destination, creditType }) =>
            creditType === 'leisure' && (destination === 'converted' || destination === 'awarded'),
        );
        const leisure = used.reduce((sum, { amount }) => sum + amount, 0);
        expect(leisure).toBeLessThanOrEqual(Math.floor(seconds.reduce((sum, each) => sum + each, 0) / 486));
      }),
      { numRuns: 300 },
    );
  });
});
