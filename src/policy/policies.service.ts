import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { Writer } from '../platform/database/writer.js';
import { isNewDraft } from './domain/pack-life.js';
import { policyVersion, type PolicyPack } from './domain/policy-pack.js';
import { readPolicyPack, readPublishedPack } from './domain/read-policy-pack.js';
import { addStep, addVersion, readStoredPolicies, takeDay } from './policy.store.js';
import { readPackText } from './read-pack-text.js';

/** Another process may publish: its version is seen here after at most this long. */
const REFRESH_MS = 5_000;

/** Who acts when rules are put in force from the machine itself. */
const OPERATOR = { keyId: 'operator', role: 'administrator' } as const;

/** The published policy packs. A published version is never changed; which one decides depends on the activity's day. */
@Injectable()
export class Policies implements OnModuleInit {
  /** In the order in which they take effect. */
  private packs: PolicyPack[] = [];
  private readonly known = new Map<string, PolicyPack>();
  private readAt = -Infinity;

  constructor(
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /**
   * The pack in force on a day: the one that took effect last, and of one day the one published last. Refuses with
   * `policy-not-in-force` when there is none.
   */
  inForceOn(day: string): PolicyPack {
    const pack = this.inForceOrNone(day);
    if (!pack) throw new Refusal('policy-not-in-force', { day });
    return pack;
  }

  /** The same, or null when there is none. */
  inForceOrNone(day: string): PolicyPack | null {
    return this.allPublished().findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? null;
  }

  /** A published version by the name entries store, or null. */
  byVersion(version: string): PolicyPack | null {
    this.allPublished();
    return this.known.get(version) ?? null;
  }

  /**
   * Every published pack, in the order in which they take effect. From memory, so that a rule may be asked for inside a
   * write without waiting for another connection. What another process has published is read in the background when it
   * is time to look again.
   */
  allPublished(): readonly PolicyPack[] {
    if (Math.abs(this.clock.nowMs() - this.readAt) >= REFRESH_MS) {
      // A failed look changes nothing; the next question tries again.
      this.refresh().catch(() => undefined);
    }
    return this.packs;
  }

  /** Puts the pack of a YAML file in force; see {@link publish}. */
  async publishFile(path: string): Promise<PolicyPack> {
    return this.publish(readPackText(await readFile(path)).content);
  }

  /**
   * Puts a pack in force at once, without a second person and for any day: the first rules of a bank, by whoever starts
   * it. Everybody else drafts, reviews and publishes. The same content again changes nothing.
   * Errors: `PolicyPackError` with all mistakes; `policy-already-published` when this version has other content.
   */
  async publish(content: unknown): Promise<PolicyPack> {
    const pack = readPolicyPack(content);
    const version = policyVersion(pack);
    const text = canonicalJson(content);
    const contentHash = sha256Hex(text);
    const recordedAt = this.clock.nowMs();
    await this.writer.write(async ({ sql }) => {
      const stored = (await readStoredPolicies(sql, [version])).get(version);
      isNewDraft(version, stored?.life ?? null, contentHash);
      if (stored?.life.state === 'published') return;
      const step = { kind: 'publication', contentHash, actor: OPERATOR.keyId, comment: null, recordedAt } as const;
      if (!(await addStep(sql, version, stored?.steps.length ?? 0, step, text))) {
        // Another process has published it at the same moment: the same rules, or others are refused.
        isNewDraft(version, (await readStoredPolicies(sql, [version])).get(version)?.life ?? null, contentHash);
        return;
      }
      const { effectiveFrom } = pack;
      await addVersion(sql, { policyVersion: version, effectiveFrom, content: text, contentHash, recordedAt });
      await takeDay(sql, effectiveFrom, version);
      await recordDeeds(sql, [{ caller: OPERATOR, action: 'publish-policy', subject: version }], recordedAt);
    });
    await this.refresh();
    return pack;
  }

  /** Reads what is published before the first question is asked. */
  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /** Looks again at what is published; awaited after a publication, so that its own process decides by it at once. */
  async refresh(): Promise<void> {
    this.readAt = this.clock.nowMs();
    const rows = await this.reader.sql.rows<{ policy_version: string }>(
      'select policy_version from policy_version order by effective_from, recorded_at, policy_version',
    );
    const versions = rows.map((row) => row.policy_version);
    const fresh = await this.reader.sql.rowsByKeys<{ policy_version: string; content: string }>(
      'select policy_version, content from policy_version',
      ['policy_version'],
      versions.filter((version) => !this.known.has(version)).map((version) => [version]),
    );
    // What is published never changes, so it is read once.
    for (const row of fresh) this.known.set(row.policy_version, readPublishedPack(JSON.parse(row.content)));
    this.packs = versions.map((version) => this.known.get(version)!);
  }
}
