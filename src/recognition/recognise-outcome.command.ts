import { endOfDayMs, shanghaiDay } from '../kernel/clock.js';
import { formatCredit } from '../kernel/credit.js';
import { Refusal } from '../kernel/refusal.js';
import type { EntryDraft } from '../ledger/domain/entry.js';
import type { CommandKind } from '../ledger/book-command.js';
import type { Sql } from '../platform/database/sql.js';
import type { CaseRules } from './case-rules.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { changeClaim, lastClaim, type LastClaim } from './claims.store.js';
import { decideWorth, type CountedHere, type WorthDecision } from './domain/decide-worth.js';
import { objectionsOf, requireNone } from './domain/objections.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { reviewedWorth } from './domain/review-round.js';
import { isVote, wayOf } from './domain/case-way.js';
import { claimObjection } from './domain/submission-mistakes.js';
import { takeStep, type AskedStep } from './domain/take-step.js';
import type { LearnerRecords } from './learner-records.service.js';
import { OtherWay } from './other-way.js';
import { caseRows, readCase } from './recognition.store.js';

/** A step that is to end in recognition: of a case on record, or of a row of a list that becomes one. */
export interface RecogniseInput {
  /** The case on record, or the new one with its first step already taken. */
  recognition: { recognitionId: string; asked: AskedStep } | { fresh: RecognitionCase };
  rules: CaseRules;
  records: LearnerRecords;
}

interface Fact {
  before: RecognitionCase | null;
  pack: PolicyPack;
  counted: CountedHere;
  last: LastClaim;
}

/**
 * Recognises an outcome: one entry brings one new lot in, the case says so, the certificate is held. Everything or
 * nothing; the learner's book is locked, so of two reviews at once the second finds the case as the first left it.
 */
export const RECOGNISE_OUTCOME: CommandKind<RecogniseInput, Map<string, Fact | Refusal>, RecognitionCase> = {
  action: 'recognise-outcome',
  async loadFacts(sql, commands) {
    const facts = new Map<string, Fact | Refusal>();
    for (const { learnerId, input } of commands) facts.set(learnerId, await loadFact(sql, learnerId, input));
    return facts;
  },
  decide({ recognition }, facts, { book, nowMs }) {
    const fact = facts.get(book.learnerId)!;
    if (fact instanceof Refusal) throw fact;
    if (book.status === 'closed') throw new Refusal('account-closed');
    const { before, pack, counted, last } = fact;
    const after = 'fresh' in recognition ? recognition.fresh : stepOnRecord(before!, recognition.asked, fact, nowMs);
    const way = wayOf(before, after, 'fresh' in recognition ? undefined : recognition.asked.outcome);
    if (way !== 'book') throw new OtherWay(way);
    const today = shanghaiDay(nowMs);
    const worth = decideWorth({ content: after.content, reviewed: reviewedWorth(after), pack, ...counted, today });
    // Everybody on the panel has voted: what the rules refuse now is decided, not asked again.
    if (!worth.isAllowed && isVote(after)) throw new OtherWay('beside');
    const taken = before?.claim ? null : claimObjection(after, last.holder);
    requireNone([...(taken ? [taken] : []), ...objectionsOf(worth.checks)]);
    const { claim, rows } = changeClaim(before, after, last, nowMs);
    return {
      draft: recognitionDraft(after, worth, 'fresh' in recognition ? 'recognition-batch' : null),
      complete(entry) {
        const recognised = withDecision({ ...after, claim }, worth, entry.version);
        return { answer: recognised, rows: [...rows, ...caseRows(before, recognised)] };
      },
    };
  },
};

/** The entry that brings what was recognised in, as one new lot. */
export function recognitionDraft(
  { recognitionId, content: { obtainedOn } }: RecognitionCase,
  worth: WorthDecision,
  source: string | null,
): EntryDraft {
  const { creditType, centi: amount, validUntil } = worth;
  return {
    kind: 'recognition',
    occurredAt: endOfDayMs(obtainedOn) - 86_400_000 + 1,
    subject: recognitionId,
    source,
    policyVersion: worth.policyVersion,
    detail: { recognition: summaryOf(worth) },
    postings: [
      { source: 'issued', destination: 'available', creditType, amount, lot: 'new', earnedOn: obtainedOn, validUntil },
    ],
  };
}

function stepOnRecord(before: RecognitionCase, asked: AskedStep, { pack, last, counted }: Fact, nowMs: number) {
  return takeStep(before, asked, { pack, nowMs, onRecord: { holder: last.holder, ...counted } });
}

async function loadFact(sql: Sql, learnerId: string, input: RecogniseInput): Promise<Fact | Refusal> {
  const { recognition, rules, records } = input;
  const before = 'fresh' in recognition ? null : await readCase(sql, learnerId, recognition.recognitionId);
  const file = 'fresh' in recognition ? recognition.fresh : before;
  if (!file) return new Refusal('not-found');
  const pack = rules.forStep(file, 'fresh' in recognition ? 'batch-recognition' : recognition.asked.step);
  return {
    before,
    pack,
    counted: await records.of(sql, learnerId, pack),
    last: await lastClaim(sql, file, pack),
  };
}

function stepOf({ steps }: RecognitionCase) {
  return steps.at(-1)!;
}

/** The last step keeps the decision it ended in, with what the reviewer said; the case keeps what it gave. */
export function withDecision(after: RecognitionCase, worth: WorthDecision, entryVersion: number): RecognitionCase {
  const last = stepOf(after);
  const { creditType, centi, level, validUntil, isAssessed, policyVersion } = worth;
  return {
    ...after,
    standard: { creditType, centi, level, validUntil, isAssessed, policyVersion, entryVersion },
    steps: [...after.steps.slice(0, -1), { ...last, detail: { ...(last.detail as object | null), decision: worth } }],
  };
}

/** What the entry says of the decision; its checks are with the case. */
function summaryOf({ item, rawCenti, askedCenti, centi, level }: WorthDecision): object {
  return {
    item,
    level,
    raw: rawCenti === null ? null : formatCredit(rawCenti),
    asked: formatCredit(askedCenti),
    standard: formatCredit(centi),
  };
}
