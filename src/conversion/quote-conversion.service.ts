import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { mergeTargets } from '../ledger/ledger.port.js';
import { Statements } from '../ledger/statements.service.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { Policies } from '../policy/policy.port.js';
import { usedUnderCap } from './conversion.store.js';
import type { ConversionAsked } from './convert-credit.service.js';
import { decideConversion, type ConversionDecision } from './domain/decide-conversion.js';

/** Says what a conversion would bring, by the rule that would make it, and writes nothing. */
@Injectable()
export class QuoteConversion {
  constructor(
    private readonly reader: Reader,
    private readonly statements: Statements,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** The decision with every check, allowed or not. Refuses with `not-found` when there is no such account. */
  async run({ learnerId, from, to, fromCenti }: ConversionAsked): Promise<ConversionDecision> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    const { sql } = this.reader;
    const [account] = await sql.rows<{ status: AccountStatus }>(
      'select status from learning_account where learner_id = ?',
      [learnerId],
    );
    if (!account) throw new Refusal('not-found');
    return decideConversion({
      pack,
      from,
      to,
      fromCenti,
      status: account.status,
      isMerged: (await mergeTargets(sql, [learnerId])).has(learnerId),
      lots: await this.statements.lots(learnerId),
      usedCenti: await usedUnderCap(sql, learnerId, { pack, from, to }),
      today,
    });
  }
}
