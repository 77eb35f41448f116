import { Injectable } from '@nestjs/common';
import { readEntries } from '../ledger/ledger.port.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { auditExpiry } from './domain/expire-lots.js';
import { BEFORE_ALL, learnersWithExpiry } from './expiry.store.js';

const PAGE = 500;
const ALL = Number.MAX_SAFE_INTEGER;

/** Looks at every expiry: it took what was past its last day, and all of it. Reads only. */
@Injectable()
export class VerifyExpiry {
  constructor(private readonly reader: Reader) {}

  /** Names every difference. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    let after = BEFORE_ALL;
    for (;;) {
      const learners = await learnersWithExpiry(sql, after, PAGE);
      for (const learnerId of learners) {
        const entries = await readEntries(sql, learnerId, { from: 1, through: ALL, limit: ALL });
        for (const { version, what } of auditExpiry(entries.reverse())) {
          onDifference({ where: entryId(learnerId, version), what });
        }
      }
      if (learners.length < PAGE) return;
      after = learners.at(-1)!;
    }
  }
}
