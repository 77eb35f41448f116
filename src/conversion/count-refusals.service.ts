import { Injectable } from '@nestjs/common';
import { sha256Hex } from '../kernel/canonical-json.js';
import type { Refusal } from '../kernel/refusal.js';
import { Writer } from '../platform/database/writer.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { INSERT_REFUSAL } from './conversion.store.js';

/** Counts refused conversions by rule, for the public rule browser. Nothing in a row leads back to a person. */
@Injectable()
export class CountRefusals {
  constructor(private readonly writer: Writer) {}

  /**
   * Adds one, unless no rule was asked or this request was counted before. A process that dies between a refusal and
   * its count loses the count, never the refusal.
   */
  async count(once: OnceKey, { code, details }: Refusal, today: string): Promise<void> {
    const { rule } = details;
    if (typeof rule !== 'string') return;
    const requestHash = sha256Hex(`${once.scope}\n${once.key}`);
    await this.writer.write(({ sql }) => sql.insert(INSERT_REFUSAL, [[rule, requestHash, code, today]]));
  }
}
