import { Injectable } from '@nestjs/common';
import {
  replayStudy,
  StudyHistories,
  type RuledHistory,
  type StudyCompletion,
  type StudyOutcome,
  type StudyVisit,
} from '../attendance/attendance.port.js';
import {
  noConversions,
  ReplayConversions,
  type ConversionOutcome,
  type CreditBefore,
} from '../conversion/conversion.port.js';
import { shanghaiDay } from '../kernel/clock.js';
import type { RefusalCode } from '../kernel/refusal.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { noRecognitions, ReplayRecognitions, type RecognitionOutcome } from '../recognition/recognition.port.js';
import type { ConversionCounts, PointDifference } from './domain/difference-report.js';
import { isWithin, type Period } from './domain/period.js';
import { pointsOfDays } from './points-of-days.js';

/** What both rules make of one learner. */
export interface LearnerReplay {
  /** Hundredths by type of credit. */
  before: Map<string, number>;
  after: Map<string, number>;
  newlyRefused: RefusalCode[];
  /** False where the draft decided nothing of theirs. */
  isTried: boolean;
  points: PointDifference;
  conversions: ConversionCounts;
  /** Recognitions whose number a reviewer had said: no pack decides it. */
  keptAsReviewed: number;
}

type Decided = StudyVisit | StudyCompletion;
type PackOf = (event: Decided) => PolicyPack;

/** Study of one learner, and which rules decide it. */
interface TriedStudy {
  history: RuledHistory['history'];
  then: PackOf;
  /** With the draft on the days of the period. */
  drafted: PackOf;
  /** Whether the draft decides any of it. */
  isDrafted: boolean;
}

/** Lives the past of some learners again, under the rules of then and with a draft deciding a period. Reads only. */
@Injectable()
export class ReplayLearners {
  constructor(
    private readonly histories: StudyHistories,
    private readonly recognitions: ReplayRecognitions,
    private readonly conversions: ReplayConversions,
    private readonly policies: Policies,
  ) {}

  /** Both outcomes of every one of these learners, who are read together. */
  async of(learnerIds: string[], draft: PolicyPack, period: Period): Promise<Map<string, LearnerReplay>> {
    const histories = await this.histories.of(learnerIds);
    const studies = new Map(
      [...histories].map(([learnerId, ruled]) => [learnerId, this.studyOf(ruled, draft, period)]),
    );
    const study = studyBefore(studies);
    const recognised = await this.recognitions.of(learnerIds, draft, period, study);
    const converted = await this.conversions.of(learnerIds, draft, period, creditBefore(study, recognised));
    return new Map(
      learnerIds.map((learnerId) => {
        const known = { study: studies.get(learnerId), recognised: recognised.get(learnerId) };
        return [learnerId, together({ ...known, converted: converted.get(learnerId), period })];
      }),
    );
  }

  private studyOf({ history, policyOf }: RuledHistory, draft: PolicyPack, period: Period): TriedStudy {
    const then = (event: Decided) => this.packThen(policyOf.get(event.version) ?? '');
    const isOf = (event: Decided) => isWithin(period, decidedOn(event));
    return {
      ...{ history, then, drafted: (event) => (isOf(event) ? draft : then(event)) },
      isDrafted: history.some((event) => event.kind !== 'reversal' && isOf(event)),
    };
  }

  private packThen(version: string): PolicyPack {
    const pack = this.policies.byVersion(version);
    if (!pack) throw new Error(`Policy ${version} is named by an entry but is not on record`);
    return pack;
  }
}

interface StudiedBefore {
  versions: Set<number>;
  earned: ReturnType<StudyOutcome['earned']>;
}

/** What recognitions and conversions see of study: as the draft decides it, where it decides any. */
function studyBefore(studies: Map<string, TriedStudy>) {
  return (learnerId: string, before: number): StudiedBefore | undefined => {
    const study = studies.get(learnerId);
    if (!study?.isDrafted) return undefined;
    const { history, drafted } = study;
    const earlier = history.filter(({ version }) => version < before);
    return {
      versions: new Set(history.map(({ version }) => version)),
      earned: replayStudy(earlier, drafted).earned(),
    };
  };
}

/** What conversions see of study and of what was recognised, as the draft decides it. */
function creditBefore(
  studied: ReturnType<typeof studyBefore>,
  recognised: Map<string, RecognitionOutcome>,
): CreditBefore {
  return (learnerId, before) => {
    const study = studied(learnerId, before);
    const { worths } = recognised.get(learnerId) ?? noRecognitions();
    return study || worths.size > 0 ? { ...(study ?? NO_STUDY_BEFORE), worths } : undefined;
  };
}

const NO_STUDY_BEFORE: StudiedBefore = { versions: new Set(), earned: [] };

/** The day whose rules decide: of a visit the day it took place, of a completion the day it was said. */
function decidedOn(event: Decided): string {
  return shanghaiDay(event.kind === 'visit' ? event.session.startsAt : event.recordedAt);
}

function together({
  study,
  recognised = noRecognitions(),
  converted = noConversions(),
  period,
}: {
  study: TriedStudy | undefined;
  recognised: RecognitionOutcome | undefined;
  converted: ConversionOutcome | undefined;
  period: Period;
}): LearnerReplay {
  const { looked, changed, refused } = converted;
  const isTried = (study?.isDrafted ?? false) || recognised.decided + recognised.keptAsReviewed + looked > 0;
  const said = {
    isTried,
    conversions: { looked, changed, refused: refused.length },
    keptAsReviewed: recognised.keptAsReviewed,
  };
  // Who has nothing in the period is in no sum: their study need not be lived again.
  const then = study && isTried ? replayStudy(study.history, study.then) : NO_STUDY;
  const after = study?.isDrafted ? replayStudy(study.history, study.drafted) : then;
  return {
    ...said,
    before: sumOf(then.credit, recognised.before, converted.before),
    after: sumOf(after.credit, recognised.after, converted.after),
    newlyRefused: [...newlyRefused(then, after), ...recognised.refused, ...refused],
    points: {
      before: study ? pointsOfDays(then.visits, study.then, period) : 0,
      after: study ? pointsOfDays(after.visits, study.drafted, period) : 0,
    },
  };
}

const NO_STUDY: StudyOutcome = { credit: new Map(), refused: [], visits: [], earned: () => [] };

/** Hundredths by type from all. */
function sumOf(...some: Map<string, number>[]): Map<string, number> {
  const sum = new Map<string, number>();
  for (const [creditType, centi] of some.flatMap((each) => [...each]))
    sum.set(creditType, (sum.get(creditType) ?? 0) + centi);
  return sum;
}

function newlyRefused(before: StudyOutcome, after: StudyOutcome): RefusalCode[] {
  const known = new Set(before.refused.map(({ version }) => version));
  return after.refused.filter(({ version }) => !known.has(version)).map(({ code }) => code);
}
