import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.js';
import { LearnersModule } from '../learners/learners.module.js';
import { BuildTranscript } from './build-transcript.service.js';
import { IssueTranscript } from './issue-transcript.service.js';
import { TranscriptsController } from './transcripts.controller.js';

/** Statements of record, frozen as of a day. */
@Module({
  imports: [CertificatesModule, LearnersModule],
  controllers: [TranscriptsController],
  providers: [BuildTranscript, IssueTranscript],
  exports: [IssueTranscript],
})
export class TranscriptsModule {}
