import { readFile } from 'node:fs/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { parse } from 'yaml';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { insertIfNew } from '../platform/database/entity-sql.js';
import { Writer } from '../platform/database/writer.js';
import { policyVersionEntity, type PolicyVersionRow } from './policy.entity.js';
import { readPolicyPack } from './domain/read-policy-pack.js';
import { policyVersion, type PolicyPack } from './domain/policy-pack.js';

/** Another process may publish: its version is seen here after at most this long. */
const REFRESH_MS = 5_000;

/** The published policy packs. A published version is never changed; which one decides depends on the activity's day. */
@Injectable()
export class Policies implements OnModuleInit {
  private packs: PolicyPack[] = [];
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
    return this.published().findLast(({ effectiveFrom }) => effectiveFrom <= day) ?? null;
  }

  /** A published version by the name entries store, or null. */
  byVersion(version: string): PolicyPack | null {
    return this.published().find((pack) => policyVersion(pack) === version) ?? null;
  }

  /**
   * Publishes a pack from its YAML file; the same content again changes nothing.
   * Errors: `PolicyPackError` with all mistakes; a plain error when this version was published with other content.
   */
  async publishFile(path: string): Promise<PolicyPack> {
    return this.publish(parse(await readFile(path, 'utf8')));
  }

  /** The same from parsed content. */
  async publish(file: unknown): Promise<PolicyPack> {
    const pack = readPolicyPack(file);
    const content = canonicalJson(file);
    const row: PolicyVersionRow = {
      policyVersion: policyVersion(pack),
      effectiveFrom: pack.effectiveFrom,
      content,
      contentHash: sha256Hex(content),
      recordedAt: this.clock.nowMs(),
    };
    await this.writer.write(async ({ sql, orm }) => {
      // Inserted before it is looked at: another process may publish the same version at this moment.
      if (await insertIfNew(sql, policyVersionEntity, row)) return;
      const published = await orm.findOneBy<PolicyVersionRow>('policy_version', { policyVersion: row.policyVersion });
      if (published?.contentHash !== row.contentHash) {
        throw new Error(`${row.policyVersion} is published with other content: give the change a new version`);
      }
    });
    await this.refresh();
    return pack;
  }

  /** Reads what is published before the first question is asked. */
  async onModuleInit(): Promise<void> {
    await this.refresh();
  }

  /**
   * From memory, so that a rule may be asked for inside a write without waiting for another connection. What another
   * process has published is read in the background when it is time to look again.
   */
  private published(): PolicyPack[] {
    if (Math.abs(this.clock.nowMs() - this.readAt) >= REFRESH_MS) {
      // A failed look changes nothing; the next question tries again.
      this.refresh().catch(() => undefined);
    }
    return this.packs;
  }

  private async refresh(): Promise<void> {
    this.readAt = this.clock.nowMs();
    const rows = await this.reader.sql.rows<{ content: string }>(
      'select content from policy_version order by effective_from, recorded_at, policy_version',
    );
    this.packs = rows.map(({ content }) => readPolicyPack(JSON.parse(content)));
  }
}
