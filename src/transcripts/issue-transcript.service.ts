import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { documentRow, INSERT_DOCUMENT, newSerial } from '../certificates/certificates.port.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { BuildTranscript } from './build-transcript.service.js';

/** Issues transcripts: a statement of record frozen as of a day. */
@Injectable()
export class IssueTranscript {
  constructor(
    private readonly builder: BuildTranscript,
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** Freezes and keeps a transcript. Refuses with `as-of-in-future` or `not-found`. */
  async run(
    caller: Caller,
    once: OnceKey,
    learnerId: string,
    asOf: string | undefined,
  ): Promise<Receipt<{ serial: string }>> {
    const now = this.clock.nowMs();
    const today = shanghaiDay(now);
    if (asOf !== undefined && asOf > today) throw new Refusal('as-of-in-future', { today });
    const snapshot = await this.builder.run(learnerId, asOf ?? today, today, newSerial('transcript'));
    const { serial } = snapshot;
    return this.onceWriter.run(once, async ({ sql }) => {
      await sql.insert(INSERT_DOCUMENT, [documentRow(learnerId, snapshot.version, snapshot, now)]);
      await recordDeeds(sql, [{ caller, action: 'issue-transcript', subject: serial, learnerId }], now);
      return { serial };
    });
  }
}
