import { entryId } from '../ledger/domain/entry.js';

/** A day goes along with every address, so that every page behind a past balance shows the same past. */
function withDay(path: string, day: string | null): string {
  return day === null ? path : `${path}?asOf=${day}`;
}

/** The account of a learner. */
export function statementPath(learnerId: string, day: string | null = null): string {
  return withDay(`/learners/${learnerId}`, day);
}

/** The lots behind credit of one type. */
export function creditPath(learnerId: string, creditType: string, day: string | null): string {
  return withDay(`/learners/${learnerId}/credits/${encodeURIComponent(creditType)}`, day);
}

/** The next page of a list: the same page with a cursor. */
export function nextPath(path: string, day: string | null, cursor: string, more: Record<string, string> = {}): string {
  const query = new URLSearchParams({ ...(day === null ? {} : { asOf: day }), ...more, cursor });
  return `${path}?${query.toString()}`;
}

/** The lots that have credit in one place. */
export function placePath(learnerId: string, creditType: string, day: string | null, bucket: string): string {
  const path = creditPath(learnerId, creditType, day);
  return `${path}${path.includes('?') ? '&' : '?'}place=${bucket}`;
}

/** The visits behind the study time of one type. */
export function studyTimePath(learnerId: string, creditType: string, day: string | null): string {
  return withDay(`/learners/${learnerId}/study-time/${encodeURIComponent(creditType)}`, day);
}

/** The story of one entry. */
export function entryPath(learnerId: string, version: number): string {
  return `/entries/${entryId(learnerId, version)}`;
}

/** A document for its holder and the staff. */
export function documentPath(kind: 'certificate' | 'transcript', serial: string): string {
  return `/${kind}s/${serial}`;
}

/** A document for everybody who holds the paper. */
export function verifyPath(serial: string): string {
  return `/verify/${serial}`;
}
