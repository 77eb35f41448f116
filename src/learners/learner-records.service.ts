import { Injectable } from '@nestjs/common';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { mergeTargets } from '../ledger/ledger.port.js';
import { isId } from '../kernel/ids.js';
import { Reader } from '../platform/database/data-sources.js';
import { accountStatuses, learnersAfter } from './accounts.store.js';
import type { Connection } from './cards.store.js';
import type { IdentityType } from './domain/identity-number.js';
import { maskIdentityNumber } from './domain/mask-identity.js';
import { IdentityVault } from './identity-vault.js';
import type { Learner } from './learners.entity.js';

/** Who holds an account, as documents and pages name the person. The document number leaves the vault masked only. */
export interface Holder {
  learnerId: string;
  name: string;
  maskedIdentity: string;
  identityType: IdentityType;
  unitCode: string;
  status: AccountStatus;
  /** The account of the same person that this one was merged into. */
  mergedInto: string | null;
  /** `YYYY-MM-DD` in Asia/Shanghai. */
  openedOn: string;
}

/** Reads who people are, for answers, certificates and transcripts. Whoever shows it to staff writes the audit line. */
@Injectable()
export class LearnerRecords {
  constructor(
    private readonly reader: Reader,
    private readonly vault: IdentityVault,
  ) {}

  /** The holder of an account, or null. Inside a transaction give its connection. */
  async holder(learnerId: string, connection: Connection = this.reader): Promise<Holder | null> {
    if (!isId(learnerId)) return null;
    const learner = await connection.orm.findOneBy<Learner>('learner', { learnerId });
    if (!learner) return null;
    return (await this.toHolders(connection, [learner]))[0] ?? null;
  }

  /** Holders in the order of their ids, after `afterId` where given. */
  async holdersAfter(afterId: string | null, limit: number): Promise<Holder[]> {
    return this.toHolders(this.reader, await learnersAfter(this.reader, afterId, limit));
  }

  private async toHolders({ sql }: Connection, learners: Learner[]): Promise<Holder[]> {
    const statuses = await accountStatuses(
      sql,
      learners.map(({ learnerId }) => learnerId),
    );
    const targets = await mergeTargets(
      sql,
      [...statuses].flatMap(([learnerId, status]) => (status === 'closed' ? [learnerId] : [])),
    );
    return learners.map(({ learnerId, name, identityType, identityCipher, unitCode, openedOn }) => ({
      learnerId,
      name,
      maskedIdentity: maskIdentityNumber(this.vault.open(learnerId, identityCipher)),
      identityType,
      unitCode,
      status: statuses.get(learnerId)!,
      mergedInto: targets.get(learnerId) ?? null,
      openedOn,
    }));
  }
}
