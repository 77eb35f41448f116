import { Refusal } from '../../src/kernel/refusal.js';
import type { CommandKind } from '../../src/ledger/book-command.js';
import { accrue, type AccrualStep } from '../../src/ledger/domain/accrue.js';
import { entryId, type Entry, type PostingDraft } from '../../src/ledger/domain/entry.js';
import { drawLots, usableCenti } from '../../src/ledger/domain/lots.js';
import { balanceOf, type LearnerBook } from '../../src/ledger/domain/post-entry.js';
import type { InsertTarget } from '../../src/platform/database/sql.js';
import { TableMigration, type TableText } from '../../src/platform/database/tables.js';

/** The least a rule can be: what the book promises is tested with these, whatever the features' rules say. */

export const CREDIT_TYPE = 'leisure';
export const SECONDS_PER_HUNDREDTH = 486;
const TARIFF: AccrualStep = {
  timeBucket: 'time',
  creditType: CREDIT_TYPE,
  secondsPerQuantum: SECONDS_PER_HUNDREDTH,
  quantumCenti: 1,
  earnedOn: '2024-06-10',
  validUntil: '2029-06-09',
};

/** Every synthetic command answers with the entry it wrote. */
export interface EntryAnswer {
  entryId: string;
  version: number;
}

const nothing = async (): Promise<null> => null;

function answerOf({ learnerId, version }: Entry): EntryAnswer {
  return { entryId: entryId(learnerId, version), version };
}

function attended(book: LearnerBook, seconds: number): PostingDraft[] {
  const quanta = Math.floor((balanceOf(book, 'time', CREDIT_TYPE) + seconds) / SECONDS_PER_HUNDREDTH);
  return [
    { source: 'attended', destination: 'time', creditType: CREDIT_TYPE, amount: seconds },
    ...(quanta > 0 ? accrue(TARIFF, quanta) : []),
  ];
}

/** Study time comes in and as much of it as fills hundredths becomes credit. */
export const ATTEND: CommandKind<{ seconds: number }, null, EntryAnswer> = {
  action: 'attend',
  loadFacts: nothing,
  decide: ({ seconds }, _, { book, nowMs }) => ({
    draft: { kind: 'attendance', occurredAt: nowMs, postings: attended(book, seconds) },
    complete: (entry) => ({ answer: answerOf(entry) }),
  }),
};

/** Takes credit out of lots, or refuses with `insufficient-credit` and what there was. */
export const SPEND: CommandKind<{ amountCenti: number }, null, EntryAnswer> = {
  action: 'spend',
  needsLots: true,
  loadFacts: nothing,
  decide({ amountCenti }, _, { book, nowMs }) {
    const lots = [...book.lots!.values()];
    const draws = drawLots(lots, CREDIT_TYPE, amountCenti, TARIFF.earnedOn);
    if (!draws) {
      const available = usableCenti(lots, CREDIT_TYPE, TARIFF.earnedOn);
      throw new Refusal('insufficient-credit', { available, needed: amountCenti });
    }
    const postings = draws.map(({ lot, amountCenti: amount }) => ({
      source: 'available',
      destination: 'converted',
      creditType: CREDIT_TYPE,
      amount,
      lot,
    }));
    return {
      draft: { kind: 'conversion', occurredAt: nowMs, postings },
      complete: (entry) => ({ answer: answerOf(entry) }),
    };
  },
};

/** A rule with a mistake: it takes study time that is not there. */
export const OVERDRAW: CommandKind<{ seconds: number }, null, EntryAnswer> = {
  action: 'overdraw',
  loadFacts: nothing,
  decide: ({ seconds }, _, { nowMs }) => ({
    draft: {
      kind: 'adjustment',
      occurredAt: nowMs,
      postings: [
        { source: 'attended', destination: 'time', creditType: CREDIT_TYPE, amount: 1 },
        { source: 'time', destination: 'accrued', creditType: CREDIT_TYPE, amount: seconds },
      ],
    },
    complete: (entry) => ({ answer: answerOf(entry) }),
  }),
};

export type BreakingPoint = 'facts' | 'rule' | 'completion';

/** A rule that breaks instead of refusing, at each place where it can. */
export const BREAK: CommandKind<{ at: BreakingPoint }, null, EntryAnswer> = {
  action: 'break',
  async loadFacts(_, asked) {
    if (asked.some(({ input }) => input.at === 'facts')) throw new Error('broken facts');
    return null;
  },
  decide({ at }, _, { book, nowMs }) {
    if (at === 'rule') throw new Error('broken rule');
    return {
      draft: { kind: 'attendance', occurredAt: nowMs, postings: attended(book, 60) },
      complete: () => {
        throw new Error('broken completion');
      },
    };
  },
};

const VISITS: InsertTarget = { table: 'synthetic_visit', columns: ['learner_id', 'place', 'version'] };

/** An attendance with a row of its own: the database refuses the same place twice, which the rule does not know. */
export const VISIT: CommandKind<{ place: string }, null, EntryAnswer> = {
  action: 'visit',
  loadFacts: nothing,
  decide: ({ place }, _, { book, nowMs }) => ({
    draft: { kind: 'attendance', occurredAt: nowMs, subject: place, postings: attended(book, 600) },
    complete: (entry) => ({
      answer: answerOf(entry),
      rows: [{ target: VISITS, rows: [[entry.learnerId, place, entry.version]] }],
    }),
  }),
};

/** The table of {@link VISIT}, as a feature's migration makes it. */
export class CreateSyntheticVisits1900000000000 extends TableMigration {
  readonly tables: TableText[] = [
    {
      table: 'synthetic_visit',
      columns: { learner_id: 'id', place: 'text', version: 'int' },
      primaryKey: ['learner_id', 'place'],
    },
  ];
}
