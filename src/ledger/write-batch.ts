import { groupBy } from '../kernel/group-by.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds, type Deed } from '../audit/audit.port.js';
import { lastOfEachKey, type InsertTarget, type Sql, type SqlValue } from '../platform/database/sql.js';
import {
  onceName,
  readAnswers,
  writeAnswers,
  type OnceKey,
  type StoredAnswer,
} from '../platform/idempotency/idempotency.store.js';
import { Receipt, replay, storeAnswer } from '../platform/idempotency/receipt.js';
import {
  KeptRefusal,
  type BookCommand,
  type CommandKind,
  type FeatureRows,
  type Outcome,
  type RoundCounts,
} from './book-command.js';
import { loadLots, lockBooks, writeEntries } from './book.store.js';
import { entryId, type Entry, type EntryDraft } from './domain/entry.js';
import { postEntry, type LearnerBook } from './domain/post-entry.js';

/** Outcome of every command of a batch, or the unexpected error that only this command met. */
export type BatchOutcome = Outcome<unknown> | { failed: unknown };

/** Everything one round adds to the database. */
interface Written {
  entries: Entry[];
  books: LearnerBook[];
  features: FeatureRows[];
  taken: RoundCounts;
  answers: (OnceKey & { answer: string })[];
  deeds: Deed[];
}

/**
 * Decides and writes a batch inside the caller's transaction. A batch is done in rounds in which no learner and no
 * idempotency key occurs twice, so that every rule sees what the rounds before it wrote. A refused command refuses
 * only itself; its refusal is kept under its key like any other answer.
 */
export async function writeBatch(sql: Sql, commands: BookCommand[], nowMs: number): Promise<BatchOutcome[]> {
  const outcomes = new Map<BookCommand, BatchOutcome>();
  let waiting = commands;
  while (waiting.length > 0) {
    const { round, later } = splitRound(waiting);
    await writeRound(sql, round, nowMs, outcomes);
    waiting = later;
  }
  return commands.map((command) => outcomes.get(command)!);
}

function splitRound(commands: BookCommand[]): { round: BookCommand[]; later: BookCommand[] } {
  const taken = new Set<string>();
  const round: BookCommand[] = [];
  const later: BookCommand[] = [];
  for (const command of commands) {
    const key = command.once ? onceName(command.once) : null;
    if (taken.has(command.learnerId) || (key !== null && taken.has(key))) {
      // Its learner's further commands wait as well, or they would overtake it.
      taken.add(command.learnerId);
      later.push(command);
      continue;
    }
    taken.add(command.learnerId);
    if (key !== null) taken.add(key);
    round.push(command);
  }
  return { round, later };
}

async function writeRound(
  sql: Sql,
  round: BookCommand[],
  nowMs: number,
  outcomes: Map<BookCommand, BatchOutcome>,
): Promise<void> {
  const once = round.flatMap((command) => command.once ?? []);
  const answered = once.length > 0 ? await readAnswers(sql, once) : new Map<string, StoredAnswer>();
  const fresh = round.filter((command) => {
    const stored = command.once && answered.get(onceName(command.once));
    if (!stored) return true;
    outcomes.set(command, replayed(replay(stored, command.once!)));
    return false;
  });
  if (fresh.length === 0) return;

  const books = await lockBooks(
    sql,
    fresh.map((command) => command.learnerId),
  );
  const written: Written = { entries: [], books: [], features: [], taken: new Map(), answers: [], deeds: [] };
  for (const [kind, ofKind] of groupBy(fresh, (command) => command.kind)) {
    await decideKind(sql, kind, ofKind, books, nowMs, written, outcomes);
  }
  await writeEntries(sql, written.entries, written.books);
  for (const { target, rows } of mergeRows(written.features)) await sql.insert(target, rows);
  await writeAnswers(sql, written.answers, nowMs);
  await recordDeeds(sql, written.deeds, nowMs);
}

function replayed(outcome: Receipt<unknown> | Refusal): Outcome<unknown> {
  return outcome instanceof Refusal ? outcome : { answer: outcome.answer, replayed: true };
}

async function decideKind(
  sql: Sql,
  kind: CommandKind<unknown, unknown, unknown>,
  commands: BookCommand[],
  books: Map<string, LearnerBook>,
  nowMs: number,
  written: Written,
  outcomes: Map<BookCommand, BatchOutcome>,
): Promise<void> {
  const known = commands.filter((command) => {
    if (books.has(command.learnerId)) return true;
    outcomes.set(command, new Refusal('not-found'));
    return false;
  });
  if (kind.needsLots)
    await loadLots(
      sql,
      known.map((command) => books.get(command.learnerId)!),
    );
  const facts = await kind.loadFacts(sql, known);
  for (const command of known) {
    const outcome = decideOne(command, facts, books.get(command.learnerId)!, nowMs, written);
    outcomes.set(command, outcome);
    if (command.once && !('failed' in outcome)) {
      const answer = storeAnswer(outcome instanceof Refusal ? outcome : outcome.answer);
      written.answers.push({ ...command.once, answer });
    }
  }
}

function decideOne(
  command: BookCommand,
  facts: unknown,
  book: LearnerBook,
  nowMs: number,
  written: Written,
): BatchOutcome {
  try {
    const decision = command.kind.decide(command.input, facts, { book, nowMs, taken: written.taken, by: command });
    const entry = toEntry(command, book, decision.draft, nowMs);
    const { answer, rows } = decision.complete(entry);
    written.entries.push(entry);
    written.books.push(book);
    written.features.push(...(rows ?? []));
    written.deeds.push(deedOf(command.caller, command.kind.action, entry));
    return { answer, replayed: false };
  } catch (error) {
    if (error instanceof KeptRefusal) written.features.push(...error.rows);
    return error instanceof Refusal ? error : { failed: error };
  }
}

/** One entry of a write that needs several books, with its book. */
export interface JointDraft {
  book: LearnerBook;
  draft: EntryDraft;
}

/** Reads and locks books with their lots for {@link writeTogether}, in sorted order as every batch does. */
export async function openBooks(sql: Sql, learnerIds: string[]): Promise<Map<string, LearnerBook>> {
  const books = await lockBooks(sql, learnerIds);
  await loadLots(sql, [...books.values()]);
  return books;
}

/**
 * Writes an entry in each of several books at once, all or none: only for merging two accounts of one person and undoing
 * that, every other write is one learner's. The books must come from {@link openBooks} of the same transaction; the caller
 * keeps the answer under its key.
 */
export async function writeTogether(
  sql: Sql,
  by: Pick<BookCommand, 'caller' | 'once'> & { action: string },
  drafts: JointDraft[],
  nowMs: number,
): Promise<Entry[]> {
  const entries = drafts.map(({ book, draft }) => toEntry(by, book, draft, nowMs));
  await writeEntries(
    sql,
    entries,
    drafts.map(({ book }) => book),
  );
  await recordDeeds(
    sql,
    entries.map((entry) => deedOf(by.caller, by.action, entry)),
    nowMs,
  );
  return entries;
}

/**
 * Writes several entries in one learner's book, one after the other, all or none. The book must come from
 * {@link openBooks} of the same transaction; the caller keeps the answer under its key.
 */
export async function writeInTurn(
  sql: Sql,
  by: Pick<BookCommand, 'caller' | 'once'> & { action: string },
  book: LearnerBook,
  drafts: EntryDraft[],
  nowMs: number,
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const draft of drafts) entries.push(...(await writeTogether(sql, by, [{ book, draft }], nowMs)));
  return entries;
}

function deedOf(caller: Deed['caller'], action: string, { learnerId, version }: Entry): Deed {
  return { caller, action, subject: entryId(learnerId, version), learnerId };
}

function toEntry(by: Pick<BookCommand, 'caller' | 'once'>, book: LearnerBook, draft: EntryDraft, nowMs: number): Entry {
  const numbered = postEntry(book, draft, nowMs);
  return {
    learnerId: book.learnerId,
    version: numbered.version,
    kind: draft.kind,
    occurredAt: draft.occurredAt,
    recordedAt: numbered.recordedAt,
    actor: by.caller.keyId,
    providerId: draft.providerId ?? null,
    subject: draft.subject ?? null,
    source: draft.source ?? null,
    policyVersion: draft.policyVersion ?? null,
    idempotencyKey: by.once?.key ?? null,
    reversesVersion: draft.reversesVersion ?? null,
    reason: draft.reason ?? null,
    detail: draft.detail ?? null,
    postings: numbered.postings,
  };
}

/** One insert per table and round instead of one per command. */
function mergeRows(features: FeatureRows[]): FeatureRows[] {
  const merged = new Map<InsertTarget, SqlValue[][]>();
  for (const { target, rows } of features) {
    const sofar = merged.get(target);
    if (sofar) sofar.push(...rows);
    else merged.set(target, [...rows]);
  }
  return [...merged].map(([target, rows]) => ({ target, rows: lastOfEachKey(target, rows) }));
}
