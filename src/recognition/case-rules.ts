import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { StepName } from './domain/case-states.js';
import type { RecognitionCase } from './domain/recognition-case.js';

/** Steps that are decided by the rules of their own day. */
const BY_THE_RULES_OF_TODAY: StepName[] = ['entry', 'submission', 'batch-recognition'];

/**
 * Which rules a step of a case is taken under: those of the day it was last handed in, so that an applicant knows what
 * will decide; a step before that under those of today.
 */
export class CaseRules {
  constructor(
    readonly today: PolicyPack,
    private readonly byVersion: (version: string) => PolicyPack | null,
  ) {}

  forStep({ policyVersion }: Pick<RecognitionCase, 'policyVersion'>, step: StepName): PolicyPack {
    if (policyVersion === null || BY_THE_RULES_OF_TODAY.includes(step)) return this.today;
    const pack = this.byVersion(policyVersion);
    if (!pack) throw new Error(`Policy ${policyVersion} is named by a case but is not on record`);
    return pack;
  }
}
