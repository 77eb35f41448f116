import { Injectable } from '@nestjs/common';
import { shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import {
  replayStudy,
  StudyHistories,
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
import { otherEntries } from './other-entries.store.js';
import { DifferenceTally, type DifferenceReport } from './domain/difference-report.js';

/** Learners looked at together; nothing of them is kept but sums. */
const PAGE = 200;
/** Documents without a birth date. */
const UNKNOWN_AGE = 'unknown';

/** Days whose visits and completions are decided by the draft. */
export interface Period {
  from: string;
  to: string;
}

/** How far it is, and at last the report. */
export type WhatIfLine = { progress: { learners: number; of: number } } | { report: DifferenceReport };

type Decided = StudyVisit | StudyCompletion;

/**
 * Tries a draft on the past: each learner's history lives again twice, once under the rules that decided it and once
 * with the draft in force in the period. Reads only, in constant memory.
 */
@Injectable()
export class WhatIf {
  constructor(
    private readonly histories: StudyHistories,
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
    for (const { kind } of await otherEntries(this.reader.sql, learnerIds, period)) tally.leaveOut(kind);
    const histories = await this.histories.of(learnerIds);
    for (const { learnerId, unitCode, birthYear } of page) {
      const ruled = histories.get(learnerId);
      if (!ruled) continue;
      const { history, policyOf } = ruled;
      const isDrafted = (event: Decided) => {
        const day = decidedOn(event);
        return period.from <= day && day <= period.to;
      };
      if (!history.some((event) => event.kind !== 'reversal' && isDrafted(event))) continue;
      const then = (event: Decided) => this.packThen(policyOf.get(event.version) ?? '');
      const before = replayStudy(history, then);
      const outcome = replayStudy(history, (event) => (isDrafted(event) ? draft : then(event)));
      tally.add({
        learnerId,
        units: pathOfCode(unitCode),
        ageBand: bandOf(draft, period, birthYear),
        before: before.credit,
        after: outcome.credit,
        newlyRefused: newlyRefused(before, outcome),
      });
    }
  }

  private packThen(version: string): PolicyPack {
    const pack = this.policies.byVersion(version);
    if (!pack) throw new Error(`Policy ${version} is named by an entry but is not on record`);
    return pack;
  }
}

/** The day whose rules decide: of a visit the day it took place, of a completion the day it was said. */
function decidedOn(event: Decided): string {
  return shanghaiDay(event.kind === 'visit' ? event.session.startsAt : event.recordedAt);
}

function bandOf({ ageBandsUpTo }: PolicyPack, { to }: Period, birthYear: number | null): string {
  return birthYear === null ? UNKNOWN_AGE : ageBandOf(ageBandsUpTo, Math.max(0, Number(to.slice(0, 4)) - birthYear));
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
