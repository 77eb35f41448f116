import type { EntitySpec } from '../platform/database/columns.js';
import type { CaseState } from './domain/case-states.js';
import type { CaseStep, EvidenceFile, OutcomeContent } from './domain/recognition-case.js';

/** A case as it stands now; what made it so is in its steps. */
export interface RecognitionRow extends OutcomeContent {
  learnerId: string;
  recognitionId: string;
  state: CaseState;
  /** Set where a provider entered it for the learner. */
  providerId: string | null;
  policyVersion: string | null;
  dueOn: string | null;
  daysLeft: number | null;
  claimHash: string | null;
  claimSequence: number | null;
  creditType: string | null;
  standardCenti: number | null;
  level: string | null;
  validUntil: string | null;
  isAssessed: number | null;
  standardPolicyVersion: string | null;
  /** Version of its entry. */
  entryVersion: number | null;
}

/** One thing that was done to a case. Append-only. */
export interface RecognitionStepRow extends Omit<CaseStep, 'detail'> {
  learnerId: string;
  recognitionId: string;
  /** JSON. */
  detail: string | null;
}

/** Which files belong to a case. Append-only. */
export interface RecognitionEvidenceRow extends EvidenceFile {
  learnerId: string;
  recognitionId: string;
}

/**
 * The bytes of evidence by their SHA-256, once for each learner however many cases use them. In the bank itself, so that
 * one backup has both; as base64, because that is the same on both databases. Append-only.
 */
export interface EvidenceContentRow {
  learnerId: string;
  contentHash: string;
  content: string;
}

/**
 * Who holds a certificate number of an issuer, over all learners: like the directory of learners it stands apart, so that
 * the learners' own tables can be spread by learner. One number can be held once at a time; who held it before stays.
 */
export interface RecognitionClaimRow {
  claimHash: string;
  /** 1…n: a number that was given up is claimed again under the next. */
  sequence: number;
  learnerId: string;
  recognitionId: string;
  claimedAt: number;
  releasedAt: number | null;
}

/**
 * Cases by learner and id, as they stand; rebuilt from the steps by `cli verify` and compared. Found by their due day
 * for the overdue list.
 */
export const recognitionEntity: EntitySpec<RecognitionRow> = {
  table: 'recognition',
  columns: {
    learnerId: 'id',
    recognitionId: 'id',
    state: 'text',
    outcomeClass: 'text',
    title: 'text',
    issuer: 'text',
    certificateNumber: 'text?',
    obtainedOn: 'text',
    rawCenti: 'int?',
    rawHoursCenti: 'int?',
    rawGrade: 'text?',
    rawLevel: 'text?',
    grade: 'int?',
    item: 'text?',
    providerId: 'id?',
    policyVersion: 'text?',
    dueOn: 'text?',
    daysLeft: 'int?',
    claimHash: 'text?',
    claimSequence: 'int?',
    creditType: 'text?',
    standardCenti: 'int?',
    level: 'text?',
    validUntil: 'text?',
    isAssessed: 'int?',
    standardPolicyVersion: 'text?',
    entryVersion: 'int?',
  },
  primaryKey: ['learnerId', 'recognitionId'],
  indexes: [
    { name: 'recognition_by_id', columns: ['recognitionId'] },
    { name: 'recognition_due', columns: ['dueOn', 'recognitionId'], where: 'due_on is not null' },
  ],
};

/** Steps of a case by sequence 1…n: who, when, from which state to which, and why. Append-only. */
export const recognitionStepEntity: EntitySpec<RecognitionStepRow> = {
  table: 'recognition_step',
  columns: {
    learnerId: 'id',
    recognitionId: 'id',
    sequence: 'int',
    step: 'text',
    stateBefore: 'text?',
    stateAfter: 'text',
    actor: 'text',
    role: 'text',
    recordedAt: 'int',
    comment: 'text?',
    reasonCode: 'text?',
    policyVersion: 'text?',
    detail: 'text?',
  },
  primaryKey: ['learnerId', 'recognitionId', 'sequence'],
};

/** Files of a case by the SHA-256 of their content. Append-only. Found over all cases by content, for the flags of reviewers. */
export const recognitionEvidenceEntity: EntitySpec<RecognitionEvidenceRow> = {
  table: 'recognition_evidence',
  columns: {
    learnerId: 'id',
    recognitionId: 'id',
    contentHash: 'text',
    fileName: 'text',
    mediaType: 'text',
    bytes: 'int',
    addedBy: 'text',
    addedAt: 'int',
  },
  primaryKey: ['learnerId', 'recognitionId', 'contentHash'],
  indexes: [{ name: 'recognition_evidence_by_content', columns: ['contentHash'] }],
};

/** Contents of evidence by learner and SHA-256. Append-only; at most the configured size. */
export const evidenceContentEntity: EntitySpec<EvidenceContentRow> = {
  table: 'evidence_content',
  columns: { learnerId: 'id', contentHash: 'text', content: 'text' },
  primaryKey: ['learnerId', 'contentHash'],
};

/** Claims of certificate numbers by keyed hash and sequence: at most one of a hash is not released (REC-3). */
export const recognitionClaimEntity: EntitySpec<RecognitionClaimRow> = {
  table: 'recognition_claim',
  columns: {
    claimHash: 'text',
    sequence: 'int',
    learnerId: 'id',
    recognitionId: 'id',
    claimedAt: 'int',
    releasedAt: 'int?',
  },
  primaryKey: ['claimHash', 'sequence'],
};
