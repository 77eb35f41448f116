import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { Refusal } from '../kernel/refusal.js';
import type { CommandKind } from '../ledger/book-command.js';
import { Committer } from '../ledger/committer.js';
import { entryId } from '../ledger/domain/entry.js';
import { requireOpenBook } from '../ledger/domain/post-entry.js';
import { LearnerRecords } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { policyVersion, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { type Programme } from '../policy/domain/programmes.js';
import { Policies, protectedWordIn } from '../policy/policy.port.js';
import {
  awardPostings,
  drawAward,
  evaluateProgramme,
  missingInWords,
  solve,
  type AwardDraw,
} from '../programmes/programmes.port.js';
import { documentRow, INSERT_DOCUMENT, newSerial } from './documents.service.js';
import type { CertificateSnapshot, DocumentHolder, Source } from './domain/snapshot.js';
import { CreditOrigins, type Origins } from './credit-origins.service.js';

interface AwardInput {
  pack: PolicyPack;
  programme: Programme;
  holder: DocumentHolder;
  serial: string;
}

/** A certificate that was issued. */
export interface CertificateReceipt {
  serial: string;
  entryId: string;
  snapshot: CertificateSnapshot;
}

/** Where the credit of each learner came from. */
type AwardFacts = Map<string, Origins>;

/** Issues certificates: the lots that earned one move to `awarded`, and everything it says is frozen. */
@Injectable()
export class IssueCertificate {
  private readonly award: CommandKind<AwardInput, AwardFacts, CertificateReceipt>;

  constructor(
    private readonly committer: Committer,
    private readonly policies: Policies,
    private readonly learners: LearnerRecords,
    private readonly clock: Clock,
    origins: CreditOrigins,
  ) {
    this.award = awardKind(origins);
  }

  /**
   * Refuses with `programme-unknown`, `title-protected`, `not-found`, `account-frozen`, `account-closed`, `account-merged`, or
   * `requirements-not-met` naming what is missing.
   */
  async run(caller: Caller, once: OnceKey, learnerId: string, code: string): Promise<Receipt<CertificateReceipt>> {
    const pack = this.policies.inForceOn(shanghaiDay(this.clock.nowMs()));
    const programme = programmeOf(pack, code);
    if (!programme) throw new Refusal('programme-unknown', { programme: code });
    const word = protectedWordIn(pack, programme);
    if (word !== undefined) throw new Refusal('title-protected', { word });
    const person = await this.learners.holder(learnerId);
    if (!person) throw new Refusal('not-found');
    const { name, identityType, maskedIdentity } = person;
    const input = { pack, programme, holder: { name, identityType, maskedIdentity }, serial: newSerial('certificate') };
    return this.committer.run({ kind: this.award, learnerId, input, caller, once });
  }
}

function awardKind(origins: CreditOrigins): CommandKind<AwardInput, AwardFacts, CertificateReceipt> {
  return {
    action: 'issue-certificate',
    needsLots: true,
    async loadFacts(sql, asked) {
      const facts: AwardFacts = new Map();
      for (const { learnerId } of asked) facts.set(learnerId, await origins.of(sql, learnerId));
      return facts;
    },
    decide(input, facts, { book, nowMs }) {
      requireOpenBook(book);
      if (book.status === 'frozen') throw new Refusal('account-frozen');
      const today = shanghaiDay(nowMs);
      const lots = [...(book.lots?.values() ?? [])];
      const { sources, outcomes } = facts.get(book.learnerId)!;
      const { pack, programme } = input;
      const evaluation = { programme, rules: pack, lots, sources: outcomes, today, solve };
      const draws = drawAward(evaluation);
      if (!draws) {
        const missing = missingInWords(evaluateProgramme(evaluation));
        throw new Refusal('requirements-not-met', { programme: programme.code, missing });
      }
      const version = policyVersion(input.pack);
      return {
        draft: {
          kind: 'award',
          occurredAt: nowMs,
          subject: input.serial,
          policyVersion: version,
          detail: { programme: input.programme.code },
          postings: awardPostings(draws),
        },
        complete(entry) {
          const id = entryId(entry.learnerId, entry.version);
          const snapshot = freeze(input, draws, sources, id, today);
          return {
            answer: { serial: input.serial, entryId: id, snapshot },
            rows: [
              {
                target: INSERT_DOCUMENT,
                rows: [documentRow(entry.learnerId, entry.version, snapshot, entry.recordedAt)],
              },
            ],
          };
        },
      };
    },
  };
}

function freeze(
  { pack, programme, holder, serial }: AwardInput,
  draws: AwardDraw[],
  sources: Map<number, Source>,
  id: string,
  today: string,
): CertificateSnapshot {
  const sum = (some: AwardDraw[]) => some.reduce((total, { amountCenti }) => total + amountCenti, 0);
  return {
    kind: 'certificate',
    serial,
    issuer: pack.issuer,
    programme: { code: programme.code, title: programme.title, category: programme.category },
    holder,
    issuedOn: today,
    policyVersion: policyVersion(pack),
    entryId: id,
    total: formatCredit(sum(draws)),
    byType: pack.creditTypes
      .filter(({ code }) => draws.some(({ creditType }) => creditType === code))
      .map(({ code, name }) => ({
        creditType: code,
        name,
        amount: formatCredit(sum(draws.filter(({ creditType }) => creditType === code))),
      })),
    byBucket: programme.buckets.map(({ code, name }) => ({
      bucket: code,
      name,
      amount: formatCredit(sum(draws.filter(({ bucket }) => bucket === code))),
    })),
    lines: draws.map(({ lot, creditType, bucket, amountCenti }) => ({
      lot,
      creditType,
      bucket,
      amount: formatCredit(amountCenti),
      source: sources.get(lot)!,
    })),
  };
}
