import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import {
  replayStudy,
  StudyHistories,
  type RuledHistory,
  type StudyCompletion,
  type StudyOutcome,
  type StudyVisit,
} from '../attendance/attendance.port.js';
import { LearnerGroups, type LearnerGroup } from '../learners/learners.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { ageBandOf } from '../policy/domain/age-bands.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { pathOfCode } from '../providers/providers.port.js';
import { ReplayRecognitions, type RecognitionOutcome } from '../recognition/recognition.port.js';
import { otherEntries } from './other-entries.store.js';
import { DifferenceTally, type DifferenceReport } from './domain/difference-report.js';

/** Learners looked at together; nothing of them is kept but sums. */
const PAGE = 200;
/** Documents without a birth date. */
const UNKNOWN_AGE = 'unknown';

/** Days whose visits, completions and recognitions are decided by the draft. */
export interface Period {
  from: string;
  to: string;
}

/** How far it is, and at last the report. */
export type WhatIfLine = { progress: { learners: number; of: number } } | { report: DifferenceReport };

const NO_STUDY: RuledHistory = { history: [], policyOf: new Map() };
const NOTHING_RECOGNISED: RecognitionOutcome = {
  before: new Map(),
  after: new Map(),
  decided: 0,
  keptAsReviewed: 0,
  refused: [],
};

type Decided = StudyVisit | StudyCompletion;

/**
 * Tries a draft on the past: each learner's study lives again twice, once under the rules that decided it and once with
 * the draft in force in the period, and what was recognised in the period is decided again. Reads only, in constant memory.
 */
@Injectable()
export class WhatIf {
  constructor(
    private readonly histories: StudyHistories,
    private readonly recognitions: ReplayRecognitions,
    private readonly groups: LearnerGroups,
    private readonly policies: Policies,
    private readonly reader: Reader,
  ) {}

  /** Progress after each page of learners, then the report. Refuses a period that ends before it begins. */
  async *run(draft: PolicyPack, period: Period): AsyncGenerator<WhatIfLine> {
    requirePeriod(period);
    const tally = new DifferenceTally();
    const of = await this.groups.count();
    let learners = 0;
    let after: string | null = null;
    for (;;) {
      const page: LearnerGroup[] = await this.groups.after(after, PAGE);
      await this.addPage(tally, draft, period, page);
      learners += page.length;
      yield { progress: { learners, of } };
      if (page.length < PAGE) break;
      after = page.at(-1)!.learnerId;
    }
    yield { report: tally.report() };
  }

  private async addPage(
    tally: DifferenceTally,
    draft: PolicyPack,
    period: Period,
    page: LearnerGroup[],
  ): Promise<void> {
    const learnerIds = page.map(({ learnerId }) => learnerId);
    for (const { kind, rootKind } of await otherEntries(this.reader.sql, learnerIds, period))
      if (rootKind !== 'recognition') tally.leaveOut(kind);
    const histories = await this.histories.of(learnerIds);
    const recognitions = await this.recognitions.of(learnerIds, draft, period);
    for (const { learnerId, unitCode, birthYear } of page) {
      const recognised = recognitions.get(learnerId) ?? NOTHING_RECOGNISED;
      for (let kept = 0; kept < recognised.keptAsReviewed; kept += 1) tally.leaveOut('recognition');
      const ruled = histories.get(learnerId) ?? NO_STUDY;
      const isStudyDrafted = ruled.history.some((event) => event.kind !== 'reversal' && isOf(period, event));
      if (!isStudyDrafted && recognised.decided + recognised.keptAsReviewed === 0) continue;
      const study = this.replayed(ruled, isStudyDrafted ? draft : null, period);
      tally.add({
        learnerId,
        units: pathOfCode(unitCode),
        ageBand: bandOf(draft, period, birthYear),
        before: together(study.before.credit, recognised.before),
        after: together(study.after.credit, recognised.after),
        newlyRefused: [...newlyRefused(study.before, study.after), ...recognised.refused],
      });
    }
  }

  /** A history under the rules that decided it, and with the draft, if there is one, deciding the days of the period. */
  private replayed({ history, policyOf }: RuledHistory, draft: PolicyPack | null, period: Period) {
    const then = (event: Decided) => this.packThen(policyOf.get(event.version) ?? '');
    const before = replayStudy(history, then);
    const after = draft ? replayStudy(history, (event) => (isOf(period, event) ? draft : then(event))) : before;
    return { before, after };
  }

  private packThen(version: string): PolicyPack {
    const pack = this.policies.byVersion(version);
    if (!pack) throw new Error(`Policy ${version} is named by an entry but is not on record`);
    return pack;
  }
}

/** Whether rules of the period decide it. */
function isOf({ from, to }: Period, event: Decided): boolean {
  const day = decidedOn(event);
  return from <= day && day <= to;
}

/** The day whose rules decide: of a visit the day it took place, of a completion the day it was said. */
function decidedOn(event: Decided): string {
  return shanghaiDay(event.kind === 'visit' ? event.session.startsAt : event.recordedAt);
}

function bandOf({ ageBandsUpTo }: PolicyPack, { to }: Period, birthYear: number | null): string {
  return birthYear === null ? UNKNOWN_AGE : ageBandOf(ageBandsUpTo, Math.max(0, Number(to.slice(0, 4)) - birthYear));
}

/** Hundredths by type from both. */
function together(study: Map<string, number>, recognised: Map<string, number>): Map<string, number> {
  const sum = new Map(study);
  for (const [creditType, centi] of recognised) sum.set(creditType, (sum.get(creditType) ?? 0) + centi);
  return sum;
}

function newlyRefused(before: StudyOutcome, after: StudyOutcome) {
  const known = new Set(before.refused.map(({ version }) => version));
  return after.refused.filter(({ version }) => !known.has(version)).map(({ code }) => code);
}

/** Refuses with `validation-failed` a period that ends before it begins. */
export function requirePeriod({ from, to }: Period): void {
  if (from > to) {
    const detail = '结束日不能早于开始日 must not be before the first day';
    throw new Refusal('validation-failed', { errors: [{ pointer: '/to', code: 'period', detail }] });
  }
}
