import { Module } from '@nestjs/common';
import { ProgrammesController } from './programmes.controller.js';
import { ReadProgress } from './read-progress.service.js';

/** What an award asks for, and where a learner stands. */
@Module({ controllers: [ProgrammesController], providers: [ReadProgress], exports: [ReadProgress] })
export class ProgrammesModule {}
