import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { isNewDraft } from './domain/pack-life.js';
import { policyVersion } from './domain/policy-pack.js';
import { readPackOrRefuse } from './pack-refusal.js';
import { PolicySummaryResponse } from './policy.response.js';
import { addStep, readStoredPolicies } from './policy.store.js';

/** Puts a pack up for review. */
@Injectable()
export class DraftPolicy {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps the content of a pack's file as the draft of its version; the same content again changes nothing, other
   * content is a new draft that needs a new review. Refuses with `policy-pack-wrong`, `policy-already-published`, or
   * `precondition-failed` when somebody else drafts the version at the same moment.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    { body, raw }: { body: unknown; raw: Uint8Array | null },
    comment: string | null,
  ): Promise<Receipt<PolicySummaryResponse>> {
    return this.onceWriter.run(once, async ({ sql }) => {
      const { pack, content } = readPackOrRefuse(body, raw);
      const version = policyVersion(pack);
      const text = canonicalJson(content);
      const contentHash = sha256Hex(text);
      const stored = (await readStoredPolicies(sql, [version])).get(version);
      if (stored && !isNewDraft(version, stored.life, contentHash)) return PolicySummaryResponse.of(stored);
      const recordedAt = this.clock.nowMs();
      const step = { kind: 'draft', contentHash, actor: caller.keyId, comment, recordedAt } as const;
      if (!(await addStep(sql, version, stored?.steps.length ?? 0, step, text)))
        throw new Refusal('precondition-failed');
      await recordDeeds(sql, [{ caller, action: 'draft-policy', subject: version }], recordedAt);
      return PolicySummaryResponse.of((await readStoredPolicies(sql, [version])).get(version)!);
    });
  }
}
