import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import type { BookCommand, Outcome } from '../ledger/book-command.js';
import { Committer } from '../ledger/committer.js';
import { DryRun } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import type { Evidence } from '../policy/domain/activity-types.js';
import type { SessionFacts } from '../providers/providers.port.js';
import type { recordedFacts } from './domain/evaluate-visit.js';
import { RECORD_VISIT, type VisitInput, type VisitReceipt } from './record-visit.command.js';
import { VisitSource, type RuledUnder } from './visit-source.service.js';

/** Longest visit that is not a typing error: a whole day. */
export const MAX_VISIT_MINUTES = 1_440;

/** One row of a list, as the caller gave it. */
export interface VisitRow {
  cardNumber: string;
  minutes: number;
  evidence?: Evidence;
}

/** A row whose session is known to be the caller's. */
export interface ReadyVisit {
  session: SessionFacts;
  rules: RuledUnder;
  row: VisitRow;
  /** A file and line, or a list and index. */
  source: string;
}

/** What became of one row. A row that says what is already on record changes nothing and is no mistake. */
export type RowOutcome =
  | { status: 'posted'; receipt: VisitReceipt }
  | { status: 'already-recorded'; entryId: string; recordedAt: string; minutes: number }
  | { status: 'refused'; field: string; refusal: Refusal };

/** Posts attendance: one row, or a list in which every row has its own result. */
@Injectable()
export class RecordAttendance {
  constructor(
    private readonly source: VisitSource,
    private readonly committer: Committer,
    private readonly dryRun: DryRun,
    private readonly onceWriter: OnceWriter,
  ) {}

  /** One visit. Refuses with the first rule that says no; see `evaluateVisit`. */
  async one(caller: Caller, once: OnceKey, sessionId: string, row: VisitRow): Promise<Receipt<VisitReceipt>> {
    const session = await this.source.session(caller, sessionId);
    const rules = this.source.rulesOf(session);
    const input = toVisit(session, rules, this.source.readCard(row.cardNumber), row, null);
    const learnerId = await this.source.learnerByCard(input.cardNumber);
    return this.committer.run({ kind: RECORD_VISIT, learnerId, input, caller, once });
  }

  /** Many visits to one session. Good rows are posted, bad rows come back; the answer is kept under the key. */
  async list(caller: Caller, once: OnceKey, sessionId: string, rows: VisitRow[]): Promise<Receipt<StoredRow[]>> {
    const session = await this.source.session(caller, sessionId);
    const rules = this.source.rulesOf(session);
    return this.onceWriter.runLong(once, async () => {
      const visits = rows.map((row, index) => ({ session, rules, row, source: `list:${once.key}#${index}` }));
      return (await this.post(caller, visits)).map(toStoredRow);
    });
  }

  /** Posts visits to any sessions, each with its own outcome in the order given. Safe to repeat. */
  post(caller: Caller, visits: ReadyVisit[]): Promise<RowOutcome[]> {
    return this.outcomes(caller, visits, (commands) =>
      Promise.all(commands.map((command) => this.committer.submit(command))),
    );
  }

  /** What posting them would bring: the same path, nothing written. */
  try(caller: Caller, visits: ReadyVisit[]): Promise<RowOutcome[]> {
    return this.outcomes(caller, visits, (commands) => this.dryRun.run(commands));
  }

  private async outcomes(
    caller: Caller,
    visits: ReadyVisit[],
    submit: (commands: BookCommand<VisitInput, unknown, VisitReceipt>[]) => Promise<Outcome<VisitReceipt>[]>,
  ): Promise<RowOutcome[]> {
    const read = visits.map(({ session, rules, row, source }) => this.read(session, rules, row, source));
    const cards = read.flatMap((input) => (input instanceof Refusal ? [] : [input.cardNumber]));
    const owners = await this.source.learnersByCard(cards);
    const commands = read.map((input) => {
      if (input instanceof Refusal) return input;
      const learnerId = owners.get(input.cardNumber);
      if (learnerId === undefined) return new Refusal('card-unknown');
      return { kind: RECORD_VISIT, learnerId, input, caller };
    });
    const outcomes = await submit(commands.flatMap((command) => (command instanceof Refusal ? [] : [command])));
    let next = 0;
    return commands.map((command) =>
      command instanceof Refusal ? refused(command) : toRowOutcome(outcomes[next++]!, command.input),
    );
  }

  private read(session: SessionFacts, rules: RuledUnder, row: VisitRow, source: string): VisitInput | Refusal {
    try {
      return toVisit(session, rules, this.source.readCard(row.cardNumber), row, source);
    } catch (error) {
      if (error instanceof Refusal) return error;
      throw error;
    }
  }
}

function toVisit(
  session: SessionFacts,
  rules: RuledUnder,
  cardNumber: string,
  { minutes, evidence }: VisitRow,
  source: string | null,
): VisitInput {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_VISIT_MINUTES) {
    throw new Refusal('minutes-out-of-range', { limit: MAX_VISIT_MINUTES });
  }
  return { cardNumber, session, ...rules, submittedSeconds: minutes * 60, evidence: evidence ?? 'list', source };
}

/** The field a clerk must look at for a refusal. */
const FIELDS: Partial<Record<Refusal['code'], string>> = {
  'minutes-out-of-range': 'minutes',
  'minutes-exceed-session': 'minutes',
  'visit-too-short': 'minutes',
  'evidence-not-accepted': 'evidence',
  'session-not-over': 'session',
  'session-full': 'session',
  'provider-not-approved': 'session',
  'course-not-approved': 'session',
};

function refused(refusal: Refusal): RowOutcome {
  return { status: 'refused', field: FIELDS[refusal.code] ?? 'cardNumber', refusal };
}

function toRowOutcome(outcome: Outcome<VisitReceipt>, input: VisitInput): RowOutcome {
  if (!(outcome instanceof Refusal)) return { status: 'posted', receipt: outcome.answer };
  if (outcome.code !== 'attendance-already-recorded') return refused(outcome);
  const recorded = outcome.details as ReturnType<typeof recordedFacts>;
  if (recorded.minutes !== input.submittedSeconds / 60) return refused(outcome);
  return { status: 'already-recorded', ...recorded };
}

/** A row's outcome as it is kept under the key of its list: plain JSON. */
export type StoredRow =
  | Exclude<RowOutcome, { status: 'refused' }>
  | { status: 'refused'; field: string; code: Refusal['code']; details: Refusal['details'] };

function toStoredRow(outcome: RowOutcome): StoredRow {
  if (outcome.status !== 'refused') return outcome;
  const { field, refusal } = outcome;
  return { status: 'refused', field, code: refusal.code, details: refusal.details };
}
