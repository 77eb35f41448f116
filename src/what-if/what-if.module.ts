import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/attendance.module.js';
import { CertificatesModule } from '../certificates/certificates.module.js';
import { ConversionModule } from '../conversion/conversion.module.js';
import { LearnersModule } from '../learners/learners.module.js';
import { RecognitionModule } from '../recognition/recognition.module.js';
import { ReplayLearners } from './replay-learners.service.js';
import { WhatIfController } from './what-if.controller.js';
import { WhatIf } from './what-if.service.js';

/** Drafts of rules, tried on the past. */
@Module({
  imports: [AttendanceModule, RecognitionModule, ConversionModule, CertificatesModule, LearnersModule],
  controllers: [WhatIfController],
  providers: [ReplayLearners, WhatIf],
  exports: [WhatIf],
})
export class WhatIfModule {}
