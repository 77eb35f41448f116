import { Module, type OnModuleInit } from '@nestjs/common';
import { AttendanceModule } from '../attendance/attendance.module.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { ReversalRules } from '../ledger/reversal.port.js';
import { Policies } from '../policy/policy.port.js';
import { AddEvidence } from './add-evidence.service.js';
import { CaseAccess } from './case-access.service.js';
import { CaseStepsController } from './case-steps.controller.js';
import { CaseFlags } from './case-flags.service.js';
import { transitionFaults, TRANSITIONS } from './domain/case-states.js';
import { EnterRecognition } from './enter-recognition.service.js';
import { EvidenceController } from './evidence.controller.js';
import { LearnerRecords } from './learner-records.service.js';
import { ReadRecognitions } from './read-recognitions.service.js';
import { RecogniseBatch } from './recognise-batch.service.js';
import { RecognisedOutcomes } from './recognised-outcomes.service.js';
import { recognitionFacts } from './recognition-facts.js';
import { RecognitionsController } from './recognitions.controller.js';
import { ReplaceRecognition } from './replace-recognition.service.js';
import { ReplayRecognitions } from './replay-recognitions.service.js';
import { reverseRecognition } from './reverse-recognition.rule.js';
import { TakeCaseStep } from './take-case-step.service.js';
import { VerifyRecognitions } from './verify-recognitions.service.js';

/** Recognition of outcomes earned elsewhere: raw credit becomes standard credit. */
@Module({
  imports: [AttendanceModule],
  controllers: [RecognitionsController, CaseStepsController, EvidenceController],
  providers: [
    CaseAccess,
    CaseFlags,
    LearnerRecords,
    EnterRecognition,
    TakeCaseStep,
    ReplaceRecognition,
    AddEvidence,
    ReadRecognitions,
    RecogniseBatch,
    RecognisedOutcomes,
    ReplayRecognitions,
    VerifyRecognitions,
  ],
  exports: [RecognisedOutcomes, ReplayRecognitions],
})
export class RecognitionModule implements OnModuleInit {
  constructor(
    private readonly reversals: ReversalRules,
    private readonly sources: LotSources,
    private readonly policies: Policies,
    private readonly records: LearnerRecords,
  ) {}

  /** Errors: the table of transitions is no machine. A bank that could get stuck does not start. */
  onModuleInit(): void {
    const faults = transitionFaults(TRANSITIONS);
    if (faults.length > 0) throw new Error(`The states of recognition are wrong: ${faults.join('; ')}`);
    this.sources.register(
      'recognition',
      recognitionFacts((version) => this.policies.byVersion(version)),
    );
    this.reversals.register('recognition', (sql, entry, isUndoing) => {
      const pack = this.policies.byVersion(entry.policyVersion ?? '');
      if (!pack) throw new Error(`Policy ${entry.policyVersion} is named by an entry but is not on record`);
      return reverseRecognition(sql, entry, isUndoing, { pack, records: this.records });
    });
  }
}
