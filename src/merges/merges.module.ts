import { Module } from '@nestjs/common';
import { AttendanceModule } from '../attendance/attendance.module.js';
import { MergeAccounts } from './merge-accounts.service.js';
import { MergesController } from './merges.controller.js';
import { ReadMerge } from './read-merge.service.js';
import { ReverseMerge } from './reverse-merge.service.js';
import { VerifyMerges } from './verify-merges.service.js';

/** Merging two accounts of one person. */
@Module({
  imports: [AttendanceModule],
  controllers: [MergesController],
  providers: [MergeAccounts, ReadMerge, ReverseMerge, VerifyMerges],
})
export class MergesModule {}
