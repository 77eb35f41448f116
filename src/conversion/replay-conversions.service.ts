import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Posting } from '../ledger/domain/entry.js';
import { isLive } from '../ledger/domain/entry.js';
import { availableOf, foldLots, isExpired } from '../ledger/domain/lots.js';
import { keptMerges, readLotPostings, readReversalsOf } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import {
  partsElsewhere,
  personHistory,
  readConversions,
  readConvertedLotsOf,
  readDecided,
  whoConverted,
  type DecidedConversion,
} from './conversion.store.js';
import type { PastPart } from './domain/conversion-case.js';
import { replayConversions, type ConversionOutcome, type ConversionThen } from './domain/replay-conversions.js';
import { lotsAsTried, type RootedLot, type TriedCredit } from './domain/tried-credit.js';
import { behindLots, toSourceLot, type ConversionBook } from './read-conversion-case.js';
import { rootsBeforeMerges, type MergedLot } from './read-merged-roots.js';

/** What is read of one learner to decide conversions again. */
interface LearnerPast extends Pick<ConversionBook, 'isWholeBefore' | 'roots'> {
  postings: Posting[];
  facts: Map<number, OutcomeFacts>;
  /** Version → version of its reversal. */
  reversals: Map<number, number>;
  /** What each merged account had converted, and since when that is the person's. */
  elsewhere: { since: number; parts: PastPart[] }[];
}

const NOTHING_CAME = new Map<number, MergedLot>();

/** What credit came in just before an entry under the rules that are tried; undefined: what the book has. */
export type CreditBefore = (learnerId: string, before: number) => TriedCredit | undefined;

/** Decides conversions and holds again, for whoever tries other rules on the past. Reads only. */
@Injectable()
export class ReplayConversions {
  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
  ) {}

  /**
   * Conversions by learner as they were decided, and with `draft` deciding those of the days of the period on the credit there
   * was just before each: as `tried` says, and of other entries as the book has it. Learners without any in the period are
   * missing. Many learners are read at once.
   */
  async of(
    learnerIds: string[],
    draft: PolicyPack,
    period: { from: string; to: string },
    tried: CreditBefore,
  ): Promise<Map<string, ConversionOutcome>> {
    const { sql } = this.reader;
    const some = await whoConverted(sql, learnerIds, period);
    if (some.length === 0) return new Map();
    const reversals = await readReversalsOf(sql, some);
    const decided = await readDecided(sql, some, reversals);
    const pasts = await this.pastsOf(some, reversals);
    const isDrafted = ({ decidedOn }: DecidedConversion) => period.from <= decidedOn && decidedOn <= period.to;
    return new Map(
      some.map((learnerId) => {
        const own = decided.get(learnerId) ?? [];
        const past = pasts.get(learnerId)!;
        const then = own.map((one) => toThen(one, past, isDrafted(one) ? looksAt(one, own, past, draft, tried) : null));
        return [learnerId, replayConversions(then, draft)];
      }),
    );
  }

  private async pastsOf(
    learnerIds: string[],
    reversals: Map<string, Map<number, number>>,
  ): Promise<Map<string, LearnerPast>> {
    const { sql } = this.reader;
    const postings = await readLotPostings(sql, learnerIds);
    const lotsOf = new Map([...postings].map(([learnerId, own]) => [learnerId, [...foldLots(own).values()]]));
    const facts = await this.sources.ofMany(sql, lotsOf);
    const converted = await readConvertedLotsOf(sql, learnerIds);
    const merges = groupBy(await keptMerges(sql, learnerIds), ({ learnerId }) => learnerId);
    const pasts = new Map<string, LearnerPast>();
    for (const learnerId of learnerIds) {
      const merged = merges.get(learnerId) ?? [];
      const cameOver =
        merged.length > 0 ? await rootsBeforeMerges(sql, learnerId, lotsOf.get(learnerId) ?? []) : NOTHING_CAME;
      pasts.set(learnerId, {
        postings: postings.get(learnerId) ?? [],
        facts: facts.get(learnerId) ?? new Map<number, OutcomeFacts>(),
        reversals: reversals.get(learnerId) ?? new Map<number, number>(),
        elsewhere: await this.elsewhere(merged),
        ...behindLots(cameOver, converted.get(learnerId) ?? null),
      });
    }
    return pasts;
  }

  private async elsewhere(merges: { otherLearnerId: string; recordedAt: number }[]): Promise<LearnerPast['elsewhere']> {
    const { sql } = this.reader;
    const found: LearnerPast['elsewhere'] = [];
    for (const { otherLearnerId, recordedAt } of merges) {
      const parts = await personHistory(sql, otherLearnerId, await readConversions(sql, otherLearnerId));
      found.push({ since: recordedAt, parts: partsElsewhere(otherLearnerId, parts) });
    }
    return found;
  }
}

function toThen(
  conversion: DecidedConversion,
  { postings }: LearnerPast,
  looksAt: ConversionThen['looksAt'],
): ConversionThen {
  const { version, decidedOn, capProgramme, isEver, state, executedVersion, traced } = conversion;
  const isStanding = state === 'held' || state === 'converted';
  const lots = postings.flatMap((posting) =>
    posting.version === executedVersion && posting.source === 'issued' ? (posting.lot ?? []) : [],
  );
  return { version, decidedOn, capProgramme, isEver, decision: traced.decision, isStanding, lots, looksAt };
}

/** What was asked then, and the book as it was just before. */
function looksAt(
  { learnerId, version, recordedAt, traced }: DecidedConversion,
  own: DecidedConversion[],
  past: LearnerPast,
  draft: PolicyPack,
  tried: CreditBefore,
): ConversionThen['looksAt'] {
  const { asked, status, today, isMerged } = traced.inputs;
  const booked = lotsBefore(version, past, draft);
  const came = tried(learnerId, version);
  const lots = came ? lotsAsTried(booked, came, draft) : booked;
  const undone = new Map([...past.reversals].filter(([, by]) => by < version));
  return {
    inputs: { asked, status, ...(isMerged ? { isMerged } : {}), today },
    lots: lots.filter((lot) => !isExpired(lot, today)),
    counted: new Map(own.flatMap((one) => countedBefore(version, one, undone))),
    elsewhere: past.elsewhere.flatMap(({ since, parts }) => (since <= recordedAt ? parts : [])),
  };
}

/** Lots just before an entry, with what the draft says of their categories. */
function lotsBefore(version: number, past: LearnerPast, draft: PolicyPack): RootedLot[] {
  const undid = new Map([...past.reversals].map(([below, by]) => [by, below]));
  const rootOf = (entry: number): number => {
    const below = undid.get(entry);
    return below === undefined ? entry : rootOf(below);
  };
  const lots = foldLots(past.postings.filter((posting) => posting.version < version));
  return [...lots.values()].map((lot) => {
    const state = { ...lot, availableCenti: availableOf(lot), recognisedCenti: lot.recognised };
    const { isWhole: _, ...source } = toSourceLot(past, draft, state, past.facts.get(lot.lot)!);
    return {
      ...{ ...source, recognisedCenti: lot.recognised },
      ...{ isWholeElsewhere: past.isWholeBefore(lot.lot), rootVersion: rootOf(lot.version) },
    };
  });
}

/** A conversion that counted just before an entry: it waited, or had moved its credit and not been moved back. */
function countedBefore(
  before: number,
  { version, executedVersion, settledVersion }: DecidedConversion,
  undone: Map<number, number>,
): [number, { isExecuted: boolean }][] {
  if (version >= before) return [];
  if (executedVersion !== null && executedVersion < before)
    return isLive(undone, executedVersion) ? [[version, { isExecuted: true }]] : [];
  return settledVersion === null || settledVersion >= before ? [[version, { isExecuted: false }]] : [];
}
