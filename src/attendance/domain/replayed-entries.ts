import type { Entry } from '../../ledger/domain/entry.js';
import type { EarlierVisit } from './evaluate-visit.js';
import type { StudyVisit } from './study-events.js';

/** An entry of a book that is lived again: nobody wrote it, nothing names it. */
export function toEntry(
  written: Pick<Entry, 'learnerId' | 'version' | 'kind' | 'occurredAt' | 'recordedAt' | 'postings'>,
): Entry {
  return {
    ...written,
    ...{ actor: '', providerId: null, subject: null, source: null, policyVersion: null, idempotencyKey: null },
    ...{ reversesVersion: null, reason: null, detail: null },
  };
}

/** The study time of a visit, on its way into the account it gathers or waits in. */
export function attendedOf(entry: Entry): Entry['postings'][number] {
  return entry.postings.find(({ source }) => source === 'attended')!;
}

/** Sum of some postings of an entry. */
export function sumOf(entry: Entry, which: (posting: Entry['postings'][number]) => boolean): number {
  return entry.postings.reduce((sum, posting) => (which(posting) ? sum + posting.amount : sum), 0);
}

/** A visit as later ones look at it. */
export function toEarlier(
  { session, submittedSeconds, recordedAt }: StudyVisit,
  acceptedSeconds: number,
): EarlierVisit {
  const { sessionId, courseId, activityType, startsAt, endsAt } = session;
  return {
    sessionId,
    courseId,
    activityType,
    startsAt,
    endsAt,
    acceptedSeconds,
    submittedSeconds,
    entryId: '',
    recordedAt,
  };
}
