import { Module } from '@nestjs/common';
import { ProvidersModule } from '../providers/providers.module.js';
import { ReadHonours } from './read-honours.service.js';
import { RewardedVisits } from './rewarded-visits.service.js';
import { RewardsController } from './rewards.controller.js';
import { SettlePoints } from './settle-points.service.js';
import { VerifyRewards } from './verify-rewards.service.js';

/** Points, honours and benefits. */
@Module({
  imports: [ProvidersModule],
  controllers: [RewardsController],
  providers: [RewardedVisits, SettlePoints, ReadHonours, VerifyRewards],
  exports: [SettlePoints, ReadHonours, VerifyRewards],
})
export class RewardsModule {}
