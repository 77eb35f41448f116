import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { Sql } from '../platform/database/sql.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { requirePublishable, type PublicationFacts } from './domain/pack-life.js';
import { readPackOrRefuse } from './pack-refusal.js';
import { Policies } from './policies.service.js';
import { PolicySummaryResponse } from './policy.response.js';
import { addStep, addVersion, hasEntriesSince, hasNoRules, readStoredPolicies, takeDay } from './policy.store.js';

/** A version must be known to every process before the day it decides: they look every five seconds. */
const HEAD_START_MS = 60_000;

/** Puts a reviewed version in force from its day on. */
@Injectable()
export class PublishPolicy {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes what was reviewed. Never touches an entry: it decides days that nothing was decided for. Refuses with
   * `policy-unknown`, `policy-already-published`, `policy-not-reviewed`, `policy-effective-in-past`, `policy-day-taken`,
   * `policy-pack-wrong`, or `precondition-failed` when the version changes at the same moment.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    policyVersion: string,
    comment: string | null,
  ): Promise<Receipt<PolicySummaryResponse>> {
    const receipt = await this.onceWriter.run(once, async ({ sql }) => {
      const stored = (await readStoredPolicies(sql, [policyVersion])).get(policyVersion);
      if (!stored) throw new Refusal('policy-unknown', { policyVersion });
      const { content, life, steps } = stored;
      const { pack } = readPackOrRefuse(JSON.parse(content));
      const { effectiveFrom } = pack;
      const recordedAt = this.clock.nowMs();
      requirePublishable(policyVersion, life, await this.factsFor(sql, effectiveFrom, recordedAt));
      const { contentHash } = life;
      const step = { kind: 'publication', contentHash, actor: caller.keyId, comment, recordedAt } as const;
      // Of two publications of one version at once the other one waits here, and then finds the place taken.
      if (!(await addStep(sql, policyVersion, steps.length, step, null)))
        throw new Refusal('policy-already-published', { policyVersion });
      const otherVersion = await takeDay(sql, effectiveFrom, policyVersion);
      if (otherVersion !== policyVersion) throw new Refusal('policy-day-taken', { effectiveFrom, otherVersion });
      await addVersion(sql, { policyVersion, effectiveFrom, content, contentHash, recordedAt });
      await recordDeeds(sql, [{ caller, action: 'publish-policy', subject: policyVersion }], recordedAt);
      return PolicySummaryResponse.of((await readStoredPolicies(sql, [policyVersion])).get(policyVersion)!);
    });
    await this.policies.refresh();
    return receipt;
  }

  private async factsFor(sql: Sql, effectiveFrom: string, nowMs: number): Promise<PublicationFacts> {
    const firstFreeDay = shanghaiDay(nowMs + HEAD_START_MS + 86_400_000);
    const isLate = effectiveFrom < firstFreeDay;
    return {
      effectiveFrom,
      firstFreeDay,
      isFirstPack: isLate && (await hasNoRules(sql)),
      hasEntriesSince: isLate && (await hasEntriesSince(sql, effectiveFrom)),
    };
  }
}
