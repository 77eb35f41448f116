import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { Posting } from '../ledger/domain/entry.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readLotPostings, readReversalsOf } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { COUNTING_STATES } from './domain/case-states.js';
import {
  replayWorth,
  type EarlierOutcome,
  type RecognitionOutcome,
  type RecognitionThen,
} from './domain/replay-worth.js';
import { reviewedWorth } from './domain/review-round.js';
import { CASE_COLUMNS, readCase, toCase, type CaseRow } from './recognition.store.js';

type RecognisedRow = CaseRow & { recorded_at: number };

const RECOGNISED = `select ${CASE_COLUMNS.map((column) => `r.${column}`).join(', ')}, e.recorded_at from recognition r
  join journal_entry e on e.learner_id = r.learner_id and e.version = r.entry_version`;

/** What study is worth just before an entry under the rules that are tried; undefined: what the book has. */
type StudyBefore = (learnerId: string, before: number) => TriedStudy | undefined;
interface TriedStudy {
  /** Versions of all visits and completions: what they brought in the book does not count. */
  versions: Set<number>;
  earned: EarlierOutcome[];
}

/** What counted of a learner's credit just before an entry. */
type EarlierThan = (version: number) => EarlierOutcome[];

/** Decides what was recognised again, for whoever tries other rules on the past. Reads only. */
@Injectable()
export class ReplayRecognitions {
  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
  ) {}

  /**
   * Recognitions by learner as they were decided, and with `draft` deciding those whose entry was recorded on a day of the
   * period; learners without any are missing. Study counts in caps as `studied` says; what a merge brought over and what
   * nobody decides again as the book has it. Many learners are read at once.
   */
  async of(
    learnerIds: string[],
    draft: PolicyPack,
    { from, to }: { from: string; to: string },
    studied: StudyBefore,
  ): Promise<Map<string, RecognitionOutcome>> {
    const keys = learnerIds.map((learnerId) => [learnerId]);
    const rows = await this.reader.sql.rowsByKeys<RecognisedRow>(RECOGNISED, ['r.learner_id'], keys);
    const isDrafted = ({ recorded_at }: RecognisedRow) => {
      const day = shanghaiDay(recorded_at);
      return from <= day && day <= to;
    };
    const counted = await this.counted([...new Set(rows.filter(isDrafted).map(({ learner_id }) => learner_id))]);
    const outcomes = new Map<string, RecognitionOutcome>();
    for (const [learnerId, own] of groupBy(rows, ({ learner_id }) => learner_id)) {
      const earlierThan = (version: number) => {
        const earlier = counted.get(learnerId)?.(version) ?? [];
        const study = studied(learnerId, version);
        return study ? [...earlier.filter((one) => !study.versions.has(one.version)), ...study.earned] : earlier;
      };
      const recognitions: RecognitionThen[] = [];
      for (const row of own) recognitions.push(await this.decisionOf(row, isDrafted(row), earlierThan));
      outcomes.set(learnerId, replayWorth(recognitions, draft));
    }
    return outcomes;
  }

  private async decisionOf(row: RecognisedRow, isDrafted: boolean, earlierThan: EarlierThan): Promise<RecognitionThen> {
    const { learnerId, recognitionId, content, standard, state } = toCase(row, [], []);
    const asksReviewers = isDrafted && content.item === null;
    const whole = asksReviewers ? await readCase(this.reader.sql, learnerId, recognitionId) : null;
    return {
      content,
      reviewed: whole && reviewedWorth(whole),
      standard: standard!,
      isStanding: COUNTING_STATES.includes(state),
      decidedOn: shanghaiDay(row.recorded_at),
      isDrafted,
      earlier: isDrafted ? earlierThan(standard!.entryVersion) : [],
    };
  }

  /** What counted just before an entry of each learner's book: the same as `countedOutcomes` read then. */
  private async counted(learnerIds: string[]): Promise<Map<string, EarlierThan>> {
    const { sql } = this.reader;
    const postingsOf = await readLotPostings(sql, learnerIds);
    const reversalsOf = await readReversalsOf(sql, learnerIds);
    const lotsOf = new Map([...postingsOf].map(([learnerId, some]) => [learnerId, [...foldLots(some).values()]]));
    const factsOf = await this.sources.ofMany(sql, lotsOf);
    return new Map(
      [...postingsOf].map(([learnerId, postings]) => {
        const reversed = new Map([...reversalsOf.get(learnerId)!].map(([version, by]) => [by, version]));
        return [learnerId, countedIn(postings, factsOf.get(learnerId)!, reversed)];
      }),
    );
  }
}

/** `reversed`: version of a reversal → what it undid. */
function countedIn(postings: Posting[], facts: Map<number, OutcomeFacts>, reversed: Map<number, number>): EarlierThan {
  const rootOf = (version: number): number => {
    const below = reversed.get(version);
    return below === undefined ? version : rootOf(below);
  };
  return (before) =>
    [...foldLots(postings.filter(({ version }) => version < before)).values()].flatMap((lot) => {
      const found = facts.get(lot.lot);
      if (lot.recognised <= 0 || !found || found.origin === 'conversion') return [];
      return [{ ...found, seconds: 0, centi: lot.recognised, version: rootOf(lot.version) }];
    });
}
