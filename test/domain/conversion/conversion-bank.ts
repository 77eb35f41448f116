import { refusalOf } from '../../../src/conversion/domain/basic-checks.js';
import type {
  ConversionAsked,
  PastPart,
  Root,
  SourceLot,
  TracedDecision,
} from '../../../src/conversion/domain/conversion-case.js';
import {
  conversionPostings,
  holdPostings,
  releasePostings,
} from '../../../src/conversion/domain/conversion-postings.js';
import { decideConversion } from '../../../src/conversion/domain/decide-conversion.js';
import { addDays } from '../../../src/kernel/clock.js';
import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import { Refusal } from '../../../src/kernel/refusal.js';
import type { Entry, EntryKind, PostingDraft } from '../../../src/ledger/domain/entry.js';
import { availableOf, foldLots, isExpired, type Lot } from '../../../src/ledger/domain/lots.js';
import { planReversal } from '../../../src/ledger/domain/plan-reversal.js';
import type { LearnerBook } from '../../../src/ledger/domain/post-entry.js';
import { expiryPostings } from '../../../src/expiry/domain/expire-lots.js';
import { creditTypeOf, type PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import { emptyBook, write } from '../ledger/book-parts.js';

/** A conversion of this bank and where it stands. */
export interface BankConversion extends TracedDecision {
  conversion: number;
  /** Entry that moved the credit; null while it is held. */
  executed: Entry | null;
  state: 'held' | 'converted' | 'released' | 'reversed';
}

/** One learner's outcomes and conversions without a database: the pure rules in the order in which the bank calls them. */
export class ConversionBank {
  readonly conversions: BankConversion[] = [];
  readonly entries: Entry[] = [];
  private readonly book: LearnerBook = { ...emptyBook(), lots: undefined };
  private readonly learnt = new Map<number, { facts: OutcomeFacts; roots: Root[] }>();
  private nowMs = Date.parse('2024-06-10T01:00:00Z');

  constructor(
    readonly pack: PolicyPack,
    public today = '2024-06-10',
  ) {}

  get lots(): Map<number, Lot> {
    return foldLots(this.entries.flatMap(({ postings }) => postings));
  }

  /** Lots that may be drawn on, with what was learnt behind them. */
  sourceLots(): SourceLot[] {
    return [...this.lots.values()]
      .filter((lot) => availableOf(lot) > 0 && !isExpired(lot, this.today))
      .map((lot) => {
        const { facts, roots } = this.learnt.get(lot.lot)!;
        const { creditType, validUntil } = lot;
        const [availableCenti, isWhole] = [availableOf(lot), availableOf(lot) === lot.recognised];
        return { lot: lot.lot, creditType, availableCenti, isWhole, validUntil, facts, roots };
      });
  }

  /** Conversions that count. */
  get counted(): BankConversion[] {
    return this.conversions.filter(({ state }) => state === 'held' || state === 'converted');
  }

  history(): PastPart[] {
    return this.counted.flatMap(({ conversion, decision, inputs: { today: decidedOn } }) => {
      const rule = this.pack.conversionRules.find(({ code }) => code === decision.rule)!;
      const marks = { rule: rule.code, capProgramme: rule.cap?.programme ?? null, isEver: rule.singleUse === 'ever' };
      return decision.parts.map((part) => ({ ...part, ...marks, conversion, decidedOn }));
    });
  }

  /** An outcome is recognised: one entry, one lot. */
  recognise(facts: OutcomeFacts, centi: number, validUntil: string | null): void {
    const { creditType } = facts;
    const lot = { source: 'issued', destination: 'available', creditType, amount: centi, lot: 'new' as const };
    const entry = this.post('recognition', [{ ...lot, earnedOn: facts.endsOn, validUntil }]);
    const category = creditTypeOf(this.pack, creditType)?.category ?? null;
    this.learnt.set(entry.postings[0]!.lot!, { facts, roots: [{ entry: entry.version, creditType, category }] });
  }

  quote(asked: ConversionAsked): TracedDecision {
    const inputs = { asked, status: 'active' as const, today: this.today, restCenti: 0 };
    return decideConversion(this.pack, { ...inputs, lots: this.sourceLots(), history: this.history() });
  }

  /** Converts or holds, as the rule says. Gives the refusal when it says no. */
  convert(asked: ConversionAsked): BankConversion | Refusal {
    const traced = this.quote(asked);
    const refusal = refusalOf(traced.decision);
    if (refusal) return refusal;
    const isHeld = traced.decision.approval === 'required';
    const entry = isHeld
      ? this.post('hold', holdPostings(traced.decision))
      : this.execute(traced, conversionPostings(traced.decision, this.today));
    const made: BankConversion = {
      ...{
        ...traced,
        conversion: entry.version,
        executed: isHeld ? null : entry,
        state: isHeld ? 'held' : 'converted',
      },
    };
    this.conversions.push(made);
    return made;
  }

  /** Days go by, or a run of the day is made. */
  pass({ do: what, days }: { do: 'wait' | 'expire' | 'lapse'; days: number }): void {
    if (what === 'wait') this.today = addDays(this.today, days);
    else if (what === 'expire') this.expire();
    else this.releaseLapsed();
  }

  /** The run of the day: credit past its last day goes. */
  expire(): void {
    const postings = expiryPostings(this.lots.values(), this.today);
    if (postings.length > 0) this.post('expiry', postings);
  }

  /** Holds that nobody approved in time are given back. */
  releaseLapsed(): void {
    for (const each of this.conversions) {
      const { holdUntil } = each.decision;
      if (each.state === 'held' && holdUntil !== null && holdUntil < this.today) this.settle(each, false);
    }
  }

  settle(held: BankConversion, isApproved: boolean): void {
    if (isApproved) held.executed = this.execute(held, conversionPostings(held.decision, this.today, 'held'));
    else this.post('release', releasePostings(held.decision));
    held.state = isApproved ? 'converted' : 'released';
  }

  /** Takes an executed conversion back, unless what it brought was used. */
  reverse(made: BankConversion): Refusal | null {
    this.book.lots = this.lots;
    try {
      const postings = planReversal(this.book, made.executed!, null, true);
      this.post('reversal', postings, made.executed!.version);
      made.state = 'reversed';
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    } finally {
      this.book.lots = undefined;
    }
  }

  private execute({ decision }: TracedDecision, postings: PostingDraft[]): Entry {
    const entry = this.post('conversion', postings);
    const lots = entry.postings.flatMap(({ source, lot }) => (source === 'issued' ? lot! : []));
    decision.newLots.forEach(({ facts, roots, creditType }, index) =>
      this.learnt.set(lots[index]!, { facts: { ...facts, creditType }, roots }),
    );
    return entry;
  }

  private post(kind: EntryKind, postings: PostingDraft[], reversesVersion?: number): Entry {
    this.nowMs += 1_000;
    this.book.lots = this.lots;
    const entry = write(this.book, { kind, occurredAt: this.nowMs, postings, reversesVersion }, this.nowMs);
    this.book.lots = undefined;
    this.entries.push(entry);
    return entry;
  }
}
