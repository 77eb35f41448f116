import type { OutcomeClass } from '../../kernel/outcome.js';
import type { CaseState, PersonRole, StepName } from './case-states.js';

/** Classes of outcome that can be recognised: attendance alone is no outcome of elsewhere. */
export const RECOGNISED_CLASSES = [
  'course',
  'certificate',
  'training',
  'unformatted',
] as const satisfies OutcomeClass[];
export type RecognisedClass = (typeof RECOGNISED_CLASSES)[number];

/** What the paper says, in the applicant's words: raw credit (原始学分) and everything a reviewer compares with it. */
export interface OutcomeContent {
  outcomeClass: RecognisedClass;
  title: string;
  issuer: string;
  certificateNumber: string | null;
  /** `YYYY-MM-DD`. */
  obtainedOn: string;
  /** Hundredths of the issuer's credit. */
  rawCenti: number | null;
  /** Hundredths of the issuer's hours, whatever an hour is there. */
  rawHoursCenti: number | null;
  rawGrade: string | null;
  rawLevel: string | null;
  /** 0–100, where the paper has such a grade. */
  grade: number | null;
  /** Item of the outcome catalogue that the applicant means. */
  item: string | null;
}

/** What a recognition gave: standard credit (标准学分) with its level, category and validity. */
export interface StandardCredit {
  creditType: string;
  /** Hundredths. */
  centi: number;
  level: string | null;
  validUntil: string | null;
  isAssessed: boolean;
  policyVersion: string;
  /** Version of its entry in the learner's book. */
  entryVersion: number;
}

/** One thing that was done to a case. Never changed afterwards. */
export interface CaseStep {
  /** Dense 1…n within the case. */
  sequence: number;
  step: StepName;
  stateBefore: CaseState | null;
  stateAfter: CaseState;
  /** The key that acted. */
  actor: string;
  role: PersonRole;
  recordedAt: number;
  comment: string | null;
  reasonCode: string | null;
  policyVersion: string | null;
  /** What the step said or decided: the worth a reviewer proposes, the decision with its checks, a file, a correction. */
  detail: unknown;
}

/** What appeals have replaced, oldest first: kept with the step that decided anew. */
export function replacedCredit({ steps }: { steps: CaseStep[] }): StandardCredit[] {
  return steps.flatMap(({ detail }) => (detail as { replaced?: StandardCredit } | null)?.replaced ?? []);
}

/** A file of evidence, without its bytes. */
export interface EvidenceFile {
  contentHash: string;
  fileName: string;
  mediaType: string;
  bytes: number;
  addedBy: string;
  addedAt: number;
}

/** The certificate or attempt that a case holds, so that no other case can be recognised for it. */
export interface HeldClaim {
  hash: string;
  /** How many times this certificate was claimed before, and one. */
  sequence: number;
}

/** An application for recognition with its whole story. */
export interface RecognitionCase {
  learnerId: string;
  recognitionId: string;
  state: CaseState;
  content: OutcomeContent;
  /** Set where a provider entered it for the learner. */
  providerId: string | null;
  /** Rules in force on the day it was last submitted: they decide it. */
  policyVersion: string | null;
  /** Last day for the step that the bank owes; null while the clock stands. */
  dueOn: string | null;
  /** Working days left when the clock was stopped. */
  daysLeft: number | null;
  /** Last day whose holidays the rules that set the due day know; null where they do not say. */
  calendarKnownUntil: string | null;
  claim: HeldClaim | null;
  standard: StandardCredit | null;
  steps: CaseStep[];
  evidence: EvidenceFile[];
}
