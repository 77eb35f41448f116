import { type DynamicModule, Module } from '@nestjs/common';
import { AttendanceModule } from './attendance/attendance.module.js';
import { CertificatesModule } from './certificates/certificates.module.js';
import { ConversionModule } from './conversion/conversion.module.js';
import { ExpiryModule } from './expiry/expiry.module.js';
import { LearnersModule } from './learners/learners.module.js';
import { MergesModule } from './merges/merges.module.js';
import { LedgerModule } from './ledger/ledger.module.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';
import { PolicyModule } from './policy/policy.module.js';
import { PortalModule } from './portal/portal.module.js';
import { ProgrammesModule } from './programmes/programmes.module.js';
import { ProvidersModule } from './providers/providers.module.js';
import { RecognitionModule } from './recognition/recognition.module.js';
import { RewardsModule } from './rewards/rewards.module.js';
import { WhatIfModule } from './what-if/what-if.module.js';
import { TranscriptsModule } from './transcripts/transcripts.module.js';

/** The composition root: which features this bank has. */
@Module({})
export class AppModule {
  /** The application on parts that are open already: the command line and tests build it the same way as the server. */
  static with(parts: PlatformParts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(parts),
        LedgerModule,
        PolicyModule,
        ProvidersModule,
        LearnersModule,
        AttendanceModule,
        RecognitionModule,
        ConversionModule,
        ExpiryModule,
        RewardsModule,
        ProgrammesModule,
        CertificatesModule,
        TranscriptsModule,
        MergesModule,
        WhatIfModule,
        PortalModule,
      ],
    };
  }
}
