import { Module } from '@nestjs/common';
import { LearnersModule } from '../learners/learners.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { RecognitionModule } from '../recognition/recognition.module.js';
import { CertificatesController } from './certificates.controller.js';
import { CreditOrigins } from './credit-origins.service.js';
import { Documents } from './documents.service.js';
import { IssueCertificate } from './issue-certificate.service.js';
import { Provenance } from './provenance.service.js';
import { ReplayAwards } from './replay-awards.service.js';
import { RevokeCertificate } from './revoke-certificate.service.js';
import { VerifyDocument } from './verify-document.service.js';
import { VerifyDocuments } from './verify-documents.service.js';

/** Documents that strangers can verify. */
@Module({
  imports: [LearnersModule, ProvidersModule, ProgrammesModule, RecognitionModule],
  controllers: [CertificatesController],
  providers: [
    CreditOrigins,
    Documents,
    Provenance,
    IssueCertificate,
    ReplayAwards,
    RevokeCertificate,
    VerifyDocument,
    VerifyDocuments,
  ],
  exports: [Documents, Provenance, ReplayAwards, VerifyDocument, VerifyDocuments],
})
export class CertificatesModule {}
