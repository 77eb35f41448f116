import {
  attendanceEntity,
  attendanceImportEntity,
  completionEntity,
  importRejectionEntity,
} from './attendance/attendance.entity.js';
import { CreateAttendance1700000000400 } from './attendance/attendance.migration.js';
import { documentEntity, documentRevocationEntity } from './certificates/document.entity.js';
import { CreateDocuments1700000000600 } from './certificates/document.migration.js';
import {
  conversionEntity,
  conversionHoldEntity,
  conversionLotEntity,
  conversionRefusalEntity,
  conversionSettlementEntity,
  refusedConversionEntity,
} from './conversion/conversion.entity.js';
import { CreateConversions1700000000500 } from './conversion/conversion.migration.js';
import { CreateRefusedConversions1700000001400 } from './conversion/refused-conversion.migration.js';
import { CreateConversionHolds1700000001330 } from './conversion/conversion-hold.migration.js';
import { policyDayEntity, policyStepEntity, policyVersionEntity } from './policy/policy.entity.js';
import { CreatePolicy1700000000150, CreatePolicySteps1700000000700 } from './policy/policy.migration.js';
import { auditEventEntity } from './audit/audit.port.js';
import { CreateAudit1700000000100 } from './audit/audit.migration.js';
import {
  evidenceContentEntity,
  recognitionClaimEntity,
  recognitionEntity,
  recognitionEvidenceEntity,
  recognitionStepEntity,
} from './recognition/recognition.entity.js';
import {
  CreateRecognition1700000000720,
  IndexEvidenceContent1700000001350,
} from './recognition/recognition.migration.js';
import {
  accountChangeEntity,
  cardSeriesEntity,
  directoryEntity,
  learnerEntity,
  learningCardEntity,
} from './learners/learners.entity.js';
import { CreateLearners1700000000300 } from './learners/learners.migration.js';
import { accountMergeEntity } from './ledger/account-merge.entity.js';
import { CreateAccountMerge1700000000710 } from './ledger/account-merge.migration.js';
import { balanceEntity, journalEntryEntity, learningAccountEntity, postingEntity } from './ledger/ledger.entity.js';
import { CreateLedger1700000000200, IndexLotValidity1700000001310 } from './ledger/ledger.migration.js';
import { apiKeyEntity } from './platform/auth/api-key.js';
import type { EntitySpec } from './platform/database/columns.js';
import type { Schema } from './platform/database/data-sources.js';
import { CreateLongRuns1700000001300 } from './platform/long-runs/long-run.migration.js';
import { longRunEntity, longRunTallyEntity } from './platform/long-runs/long-run.js';
import { idempotencyRecordEntity } from './platform/idempotency/idempotency.store.js';
import { AddKeyExpertise1700000001340, CreatePlatform1700000000000 } from './platform/platform.migration.js';
import { pointDayEntity } from './rewards/point-day.entity.js';
import { CreatePointDays1700000001320 } from './rewards/point-day.migration.js';
import {
  administrativeUnitEntity,
  courseEntity,
  courseSessionEntity,
  courseVersionEntity,
  providerEntity,
  sessionSeatEntity,
} from './providers/providers.entity.js';
import { AddCourseLevel1700000001410, CreateProviders1700000000250 } from './providers/providers.migration.js';

/** Every table and every migration of the bank, in the order they are made. */
export const SCHEMA: Schema = {
  entities: [
    apiKeyEntity,
    idempotencyRecordEntity,
    auditEventEntity,
    policyVersionEntity,
    policyStepEntity,
    policyDayEntity,
    learningAccountEntity,
    journalEntryEntity,
    postingEntity,
    balanceEntity,
    administrativeUnitEntity,
    providerEntity,
    courseEntity,
    courseVersionEntity,
    courseSessionEntity,
    sessionSeatEntity,
    learnerEntity,
    learningCardEntity,
    accountChangeEntity,
    cardSeriesEntity,
    directoryEntity,
    attendanceEntity,
    completionEntity,
    attendanceImportEntity,
    importRejectionEntity,
    recognitionEntity,
    recognitionStepEntity,
    recognitionEvidenceEntity,
    evidenceContentEntity,
    recognitionClaimEntity,
    conversionEntity,
    conversionSettlementEntity,
    conversionHoldEntity,
    conversionLotEntity,
    conversionRefusalEntity,
    refusedConversionEntity,
    documentEntity,
    documentRevocationEntity,
    accountMergeEntity,
    longRunEntity,
    longRunTallyEntity,
    pointDayEntity,
  ] as EntitySpec<never>[],
  migrations: [
    CreatePlatform1700000000000,
    CreateAudit1700000000100,
    CreatePolicy1700000000150,
    CreateLedger1700000000200,
    CreateProviders1700000000250,
    CreateLearners1700000000300,
    CreateAttendance1700000000400,
    CreateConversions1700000000500,
    CreateDocuments1700000000600,
    CreatePolicySteps1700000000700,
    CreateAccountMerge1700000000710,
    CreateRecognition1700000000720,
    CreateLongRuns1700000001300,
    IndexLotValidity1700000001310,
    CreatePointDays1700000001320,
    CreateConversionHolds1700000001330,
    AddKeyExpertise1700000001340,
    IndexEvidenceContent1700000001350,
    CreateRefusedConversions1700000001400,
    AddCourseLevel1700000001410,
  ],
};
