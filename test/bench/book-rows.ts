import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { visitPostings } from '../../src/attendance/domain/visit-postings.js';
import { shanghaiDay } from '../../src/kernel/clock.js';
import { newId } from '../../src/kernel/ids.js';
import { isLearnerSide } from '../../src/ledger/domain/accounts.js';
import { balanceOf, postEntry, type LearnerBook } from '../../src/ledger/domain/post-entry.js';
import {
  activityTypeOf,
  creditTypeOf,
  policyVersion,
  tariffOf,
  timeBucketOf,
} from '../../src/policy/domain/policy-pack.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import type { SeededBank } from './seeded-bank.js';
import type { PlannedVisit } from './visit-plan.js';

type Row = (string | number | null)[];

/** Every row that some attendances add to the book, by table, columns in the order of the schema. */
export interface BookRows {
  learning_account: Row[];
  journal_entry: Row[];
  posting: Row[];
  balance: Row[];
  attendance: Row[];
  session_seat: Row[];
  /** Only single requests keep an answer each. */
  idempotency_record: Row[];
  audit_event: Row[];
}

const PACK = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')));
const ACTIVITY = activityTypeOf(PACK, 'DAILY_CLASS')!;
const LEISURE = creditTypeOf(PACK, 'leisure')!;
const TIME = timeBucketOf(tariffOf(PACK, ACTIVITY, LEISURE));
const ACTOR = newId(Date.now());

/**
 * Works out the rows that the bank would write for visits, by the bank's own rules but without asking a database: the
 * state of every learner is kept in memory. For measuring what storing the rows costs by itself, and for
 * filling a bank faster than it can be asked to.
 */
export class RowMaker {
  private readonly books = new Map<number, LearnerBook>();
  private readonly seats = new Map<number, number>();

  constructor(private readonly bank: SeededBank) {}

  /** Rows of visits that are written in one commit. No learner may occur twice. */
  rowsOf(visits: PlannedVisit[], areSingleRequests: boolean): BookRows {
    const rows: BookRows = {
      learning_account: [],
      journal_entry: [],
      posting: [],
      balance: [],
      attendance: [],
      session_seat: [],
      idempotency_record: [],
      audit_event: [],
    };
    const sessions = new Set<number>();
    const nowMs = Date.now();
    for (const visit of visits) {
      this.addVisit(rows, visit, nowMs, areSingleRequests);
      sessions.add(visit.session);
    }
    // As in the bank, a batch writes the count of a session once.
    for (const session of sessions) {
      rows.session_seat.push([this.bank.sessions[session]!.sessionId, this.seats.get(session)!]);
    }
    return rows;
  }

  private addVisit(rows: BookRows, visit: PlannedVisit, nowMs: number, isSingleRequest: boolean): void {
    const { sessionId, courseId, providerId, startsAt, endsAt } = this.bank.sessions[visit.session]!;
    const book = this.bookOf(visit.learner);
    const { learnerId } = book;
    const day = shanghaiDay(startsAt);
    const seconds = visit.minutes * 60;
    const drafts = visitPostings(
      {
        pack: PACK,
        activity: ACTIVITY,
        creditType: LEISURE,
        courseId,
        acceptedSeconds: seconds,
        isCoursePassed: false,
        day,
      },
      (bucket) => balanceOf(book, bucket, LEISURE.code),
    );
    const draft = { kind: 'attendance' as const, occurredAt: startsAt, postings: drafts };
    const { version, postings } = postEntry(book, draft, nowMs);
    this.seats.set(visit.session, (this.seats.get(visit.session) ?? 0) + 1);

    const key = isSingleRequest ? randomUUID() : null;
    const source = isSingleRequest ? null : `list:${sessionId}#${visit.learner}`;
    const named = policyVersion(PACK);
    rows.learning_account.push([learnerId, 'active', version, book.lotCount, book.recordedAt]);
    // prettier-ignore
    rows.journal_entry.push([
      learnerId, version, draft.kind, startsAt, nowMs, ACTOR, providerId, sessionId, source, named, key, null, null, null,
    ]);
    const touched = new Set<string>();
    for (const posting of postings) {
      const { line, unit, creditType, amount, lot, sourceAfter, destinationAfter, earnedOn, validUntil } = posting;
      // prettier-ignore
      rows.posting.push([
        learnerId, version, line, posting.source, posting.destination, unit, creditType, amount, lot,
        sourceAfter, destinationAfter, earnedOn, validUntil,
      ]);
      for (const bucket of [posting.source, posting.destination]) if (isLearnerSide(bucket)) touched.add(bucket);
    }
    for (const bucket of touched) {
      rows.balance.push([learnerId, LEISURE.code, bucket, balanceOf(book, bucket, LEISURE.code)]);
    }
    // prettier-ignore
    rows.attendance.push([
      learnerId, day, sessionId, courseId, ACTIVITY.code, startsAt, endsAt, seconds, seconds, 'list', version, nowMs, 1,
    ]);
    const entryId = `${learnerId}.${version}`;
    rows.audit_event.push([newId(nowMs), nowMs, ACTOR, 'provider', 'record-attendance', entryId, learnerId, 'done']);
    if (key === null) return;
    const creditCenti = postings.reduce((sum, { unit, amount }) => (unit === 'centi' ? sum + amount : sum), 0);
    const answer = {
      entryId,
      submittedSeconds: seconds,
      acceptedSeconds: seconds,
      cuts: [],
      creditType: LEISURE.code,
      creditCenti,
      waitingSeconds: balanceOf(book, TIME, LEISURE.code),
      policyVersion: named,
    };
    const bodyHash = createHash('sha256').update(key).digest('hex');
    rows.idempotency_record.push([providerId, key, bodyHash, JSON.stringify({ done: answer }), nowMs]);
  }

  private bookOf(learner: number): LearnerBook {
    let book = this.books.get(learner);
    if (!book) {
      const { learnerId } = this.bank.learners[learner]!;
      book = { learnerId, status: 'active', version: 0, lotCount: 0, recordedAt: 0, balances: new Map() };
      this.books.set(learner, book);
    }
    return book;
  }
}
