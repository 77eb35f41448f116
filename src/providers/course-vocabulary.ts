import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { levelRank } from '../policy/domain/level-schemes.js';
import { activityTypeOf, creditTypeOf } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';

/** What a course says in words of the policy. */
export interface CourseWords {
  creditType: string;
  activityType: string;
  level?: string | null;
}

/** Which credit and activity types and levels a course may have is the policy's to say. */
@Injectable()
export class CourseVocabulary {
  constructor(
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * Refuses with `credit-type-unknown`, `activity-type-unknown` or `level-unknown` what today's policy does not have.
   * Answers from memory, because it is asked inside writes. A bank without a policy accepts every name: nothing can earn credit there yet.
   */
  check({ creditType, activityType, level }: CourseWords): void {
    const pack = this.policies.inForceOrNone(shanghaiDay(this.clock.nowMs()));
    if (!pack) return;
    if (!creditTypeOf(pack, creditType)) throw new Refusal('credit-type-unknown', { creditType });
    if (!activityTypeOf(pack, activityType)) throw new Refusal('activity-type-unknown', { activityType });
    if (typeof level === 'string' && !levelRank(pack.levelSchemes, level))
      throw new Refusal('level-unknown', { level });
  }
}
