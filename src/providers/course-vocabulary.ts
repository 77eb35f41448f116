import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { activityTypeOf, creditTypeOf } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';

/** Which credit and activity types a course may have is the policy's to say. */
@Injectable()
export class CourseVocabulary {
  constructor(
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses with `credit-type-unknown` or `activity-type-unknown` what today's policy does not have. Answers from memory,
   * because it is asked inside writes. A bank without a policy accepts every name: nothing can earn credit there yet.
   */
  check(creditType: string, activityType: string): void {
    const pack = this.policies.inForceOrNone(shanghaiDay(this.clock.nowMs()));
    if (!pack) return;
    if (!creditTypeOf(pack, creditType)) throw new Refusal('credit-type-unknown', { creditType });
    if (!activityTypeOf(pack, activityType)) throw new Refusal('activity-type-unknown', { activityType });
  }
}
