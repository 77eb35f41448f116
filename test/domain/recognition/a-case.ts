import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import type { PolicyPack } from '../../../src/policy/domain/policy-pack.js';
import type { OutcomeContent, RecognitionCase } from '../../../src/recognition/domain/recognition-case.js';
import { shippedFile } from '../policy/pack-parts.js';

export const LEARNER = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** The delivered pack, changed as a test needs it. */
export function packWith(change: (file: PackFile) => void = () => undefined): PolicyPack {
  const file = shippedFile();
  change(file);
  return readPolicyPack(file);
}

/** What a paper says. */
export function aPaper(changes: Partial<OutcomeContent> = {}): OutcomeContent {
  return {
    outcomeClass: 'training',
    title: '心理健康服务培训',
    issuer: '山西省示例培训中心',
    certificateNumber: 'PX-1',
    obtainedOn: '2024-05-20',
    rawCenti: 400,
    rawHoursCenti: null,
    rawGrade: null,
    rawLevel: null,
    grade: null,
    item: null,
    ...changes,
  };
}

/** A draft that `applicant` entered, with one file. */
export function aDraft(applicant = 'applicant', content = aPaper()): RecognitionCase {
  return {
    learnerId: LEARNER,
    recognitionId: LEARNER,
    state: 'draft',
    content,
    providerId: null,
    policyVersion: null,
    dueOn: null,
    daysLeft: null,
    calendarKnownUntil: null,
    claim: null,
    standard: null,
    steps: [
      {
        sequence: 1,
        step: 'entry',
        stateBefore: null,
        stateAfter: 'draft',
        actor: applicant,
        role: 'learner',
        recordedAt: 0,
        comment: null,
        reasonCode: null,
        policyVersion: null,
        detail: null,
      },
    ],
    evidence: [
      { contentHash: 'a', fileName: 'a.pdf', mediaType: 'application/pdf', bytes: 1, addedBy: applicant, addedAt: 0 },
    ],
  };
}
