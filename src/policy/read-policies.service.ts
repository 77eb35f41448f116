import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey, type PageQuery } from '../platform/http/paging.js';
import type { PolicyPack } from './domain/policy-pack.js';
import { readPolicyPack } from './domain/read-policy-pack.js';
import { listVersions, readStoredPolicies, type StoredPolicy } from './policy.store.js';

/** Versions of packs, whatever their state. */
@Injectable()
export class ReadPolicies {
  constructor(private readonly reader: Reader) {}

  /** Versions in the order of their names. Refuses with `cursor-invalid`. */
  async list(query: PageQuery): Promise<Page<StoredPolicy>> {
    const key = keyOfCursor(query.cursor, isVersionKey);
    const versions = await listVersions(this.reader.sql, key?.[0] ?? '', limitOf(query) + 1);
    const stored = await readStoredPolicies(this.reader.sql, versions);
    return toPage(
      versions,
      limitOf(query),
      (version) => [version],
      (version) => stored.get(version)!,
    );
  }

  /** One version. Refuses with `policy-unknown`. */
  async find(policyVersion: string): Promise<StoredPolicy> {
    const stored = (await readStoredPolicies(this.reader.sql, [policyVersion])).get(policyVersion);
    if (!stored) throw new Refusal('policy-unknown', { policyVersion });
    return stored;
  }

  /** The pack of a version, published or not: for explaining it and for trying it out. Refuses with `policy-unknown`. */
  async pack(policyVersion: string): Promise<PolicyPack> {
    return readPolicyPack(JSON.parse((await this.find(policyVersion)).content));
  }

  /** The same for a caller: a draft is for the staff alone, and to others it looks like none (`policy-unknown`). */
  async packFor({ role }: Caller, policyVersion: string): Promise<PolicyPack> {
    const { content, life } = await this.find(policyVersion);
    if (life.state !== 'published' && (role === 'learner' || role === 'provider'))
      throw new Refusal('policy-unknown', { policyVersion });
    return readPolicyPack(JSON.parse(content));
  }
}

function isVersionKey(key: PageKey): key is [string] {
  return key.length === 1 && typeof key[0] === 'string' && /^[\x20-\x7e]{1,80}$/.test(key[0]);
}
