import { Global, Module } from '@nestjs/common';
import { DraftPolicy } from './draft-policy.service.js';
import { Policies } from './policies.service.js';
import { PoliciesController } from './policies.controller.js';
import { PublishPolicy } from './publish-policy.service.js';
import { ReadPolicies } from './read-policies.service.js';
import { ReviewPolicy } from './review-policy.service.js';

/** The rules as data, for every feature that decides. */
@Global()
@Module({
  controllers: [PoliciesController],
  providers: [Policies, ReadPolicies, DraftPolicy, ReviewPolicy, PublishPolicy],
  exports: [Policies, ReadPolicies, DraftPolicy, ReviewPolicy, PublishPolicy],
})
export class PolicyModule {}
