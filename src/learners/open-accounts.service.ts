import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import { Writer } from '../platform/database/writer.js';
import { AccountOpening, openedAtMs, toFieldError, type AccountApplication } from './account-opening.service.js';
import type { Actor } from './accounts.store.js';
import { issueCards } from './cards.store.js';

/** One row of a file of people who already hold, or are about to be handed, a card. */
export type BulkAccountRow = Required<AccountApplication>;

/** Most accounts of one transaction: it holds the writer for about a tenth of a second. */
export const MAX_BULK_ACCOUNTS = 1_000;

/** Opens accounts in bulk, from files of the centre. */
@Injectable()
export class OpenAccounts {
  constructor(
    private readonly opening: AccountOpening,
    private readonly writer: Writer,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens an account with an active card for every row, in one transaction with one audit line; the card numbers, in
   * the order of the rows. All or none: refuses with `validation-failed` naming rows from 0 (`/rows/12/identityNumber`),
   * or with `list-too-long`. The rows say that consent was given on the day they name.
   */
  async openInBulk(rows: BulkAccountRow[], caller: Actor): Promise<string[]> {
    if (rows.length === 0) return [];
    if (rows.length > MAX_BULK_ACCOUNTS) {
      throw new Refusal('list-too-long', { limit: MAX_BULK_ACCOUNTS, given: rows.length });
    }
    const nowMs = this.clock.nowMs();
    const preparation = this.opening.prepare(rows, caller, nowMs);
    return this.writer.write(async ({ sql }) => {
      const mistakes = await this.opening.write(sql, preparation);
      if (mistakes.length > 0) {
        const errors = mistakes.map((mistake) => toFieldError(mistake, `/rows/${mistake.row}`));
        throw new Refusal('validation-failed', { errors });
      }
      const cards = await issueCards(
        sql,
        preparation.accounts.map(({ learner: { learnerId, openedOn } }, row) => ({
          learnerId,
          countyCode: rows[row]!.countyCode,
          status: 'active',
          issuedAt: openedAtMs(openedOn, nowMs),
        })),
      );
      await recordDeeds(sql, [{ caller, action: 'open-accounts', subject: `${rows.length} accounts` }], nowMs);
      return cards.map(({ cardNumber }) => cardNumber);
    });
  }
}
