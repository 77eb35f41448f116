import { Module } from '@nestjs/common';
import { EvaluateAll } from './evaluate-all.service.js';
import { PlanPath } from './plan-path.service.js';
import { ProgrammesController } from './programmes.controller.js';
import { ReadLearnerCredit } from './read-learner-credit.service.js';
import { ReadProgress } from './read-progress.service.js';
import { SolverThread } from './solver-thread.js';

/** What an award asks for, where a learner stands, and the cheapest way there. */
@Module({
  controllers: [ProgrammesController],
  providers: [EvaluateAll, ReadLearnerCredit, ReadProgress, PlanPath, SolverThread],
  exports: [EvaluateAll, ReadProgress],
})
export class ProgrammesModule {}
