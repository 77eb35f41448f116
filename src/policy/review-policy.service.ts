import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { requireReviewable } from './domain/pack-life.js';
import { readPackOrRefuse } from './pack-refusal.js';
import { PolicySummaryResponse } from './policy.response.js';
import { addStep, readStoredPolicies } from './policy.store.js';

/** A second person agrees with a draft. */
@Injectable()
export class ReviewPolicy {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Marks what a version says now as reviewed by the caller. Refuses with `policy-unknown`, `policy-already-published`,
   * `policy-review-by-drafter`, `policy-pack-wrong` when the rules for packs have become stricter since, or
   * `precondition-failed` when the content is not (or no longer) the one that was read.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    policyVersion: string,
    { comment, contentHash }: { comment: string | null; contentHash: string | null },
  ): Promise<Receipt<PolicySummaryResponse>> {
    return this.onceWriter.run(once, async ({ sql }) => {
      const stored = (await readStoredPolicies(sql, [policyVersion])).get(policyVersion);
      if (!stored) throw new Refusal('policy-unknown', { policyVersion });
      requireReviewable(policyVersion, stored.life, caller.keyId, contentHash);
      readPackOrRefuse(JSON.parse(stored.content));
      const recordedAt = this.clock.nowMs();
      const read = stored.life.contentHash;
      const step = { kind: 'review', contentHash: read, actor: caller.keyId, comment, recordedAt } as const;
      if (!(await addStep(sql, policyVersion, stored.steps.length, step, null)))
        throw new Refusal('precondition-failed');
      await recordDeeds(sql, [{ caller, action: 'review-policy', subject: policyVersion }], recordedAt);
      return PolicySummaryResponse.of((await readStoredPolicies(sql, [policyVersion])).get(policyVersion)!);
    });
  }
}
