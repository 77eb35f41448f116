import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import { foldLots } from '../ledger/domain/lots.js';
import { readPostings, readReversals } from '../ledger/ledger.port.js';
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

/** Decides what was recognised again, for whoever tries other rules on the past. Reads only. */
@Injectable()
export class ReplayRecognitions {
  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
  ) {}

  /**
   * Recognitions by learner as they were decided, and with `draft` deciding those whose entry was recorded on a day of the
   * period; learners without any are missing. Attendance and what a merge brought over count in caps as the book has them.
   */
  async of(
    learnerIds: string[],
    draft: PolicyPack,
    { from, to }: { from: string; to: string },
  ): Promise<Map<string, RecognitionOutcome>> {
    const keys = learnerIds.map((learnerId) => [learnerId]);
    const rows = await this.reader.sql.rowsByKeys<RecognisedRow>(RECOGNISED, ['r.learner_id'], keys);
    const outcomes = new Map<string, RecognitionOutcome>();
    for (const [learnerId, own] of groupBy(rows, ({ learner_id }) => learner_id)) {
      const days = new Map(own.map((row) => [row.recognition_id, shanghaiDay(row.recorded_at)]));
      const isDrafted = (day: string) => from <= day && day <= to;
      const earlierThan = [...days.values()].some(isDrafted) ? await this.counted(learnerId) : () => [];
      const recognitions: RecognitionThen[] = [];
      for (const row of own) {
        const decidedOn = days.get(row.recognition_id)!;
        recognitions.push(await this.decisionOf(row, { decidedOn, isDrafted: isDrafted(decidedOn), earlierThan }));
      }
      outcomes.set(learnerId, replayWorth(recognitions, draft));
    }
    return outcomes;
  }

  private async decisionOf(
    row: RecognisedRow,
    {
      decidedOn,
      isDrafted,
      earlierThan,
    }: { decidedOn: string; isDrafted: boolean; earlierThan: (version: number) => EarlierOutcome[] },
  ): Promise<RecognitionThen> {
    const { learnerId, recognitionId, content, standard, state } = toCase(row, [], []);
    const asksReviewers = isDrafted && content.item === null;
    const whole = asksReviewers ? await readCase(this.reader.sql, learnerId, recognitionId) : null;
    return {
      content,
      reviewed: whole && reviewedWorth(whole),
      standard: standard!,
      isStanding: COUNTING_STATES.includes(state),
      decidedOn,
      isDrafted,
      earlier: isDrafted ? earlierThan(standard!.entryVersion) : [],
    };
  }

  /** What counted just before an entry of the learner's book: the same as `countedOutcomes` read then. */
  private async counted(learnerId: string): Promise<(version: number) => EarlierOutcome[]> {
    const { sql } = this.reader;
    const postings = await readPostings(sql, learnerId);
    const facts = await this.sources.of(sql, learnerId, [...foldLots(postings).values()]);
    const reversed = new Map([...(await readReversals(sql, learnerId))].map(([version, by]) => [by, version]));
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
}
