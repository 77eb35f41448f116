import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/attendance.module.js';
import { LearnersModule } from '../learners/learners.module.js';
import { RecognitionModule } from '../recognition/recognition.module.js';
import { WhatIfController } from './what-if.controller.js';
import { WhatIf } from './what-if.service.js';

/** Drafts of rules, tried on the past. */
@Module({
  imports: [AttendanceModule, LearnersModule, RecognitionModule],
  controllers: [WhatIfController],
  providers: [WhatIf],
  exports: [WhatIf],
})
export class WhatIfModule {}
