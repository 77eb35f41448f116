import { entryId } from '../ledger/domain/entry.js';

/** Addresses of pages. A day goes along, so that every page behind a past balance shows the same past. */
function withDay(path: string, day: string | null): string {
  return day === null ? path : `${path}?asOf=${day}`;
}

export function statementPath(learnerId: string, day: string | null = null): string {
  return withDay(`/learners/${learnerId}`, day);
}

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

export function studyTimePath(learnerId: string, creditType: string, day: string | null): string {
  return withDay(`/learners/${learnerId}/study-time/${encodeURIComponent(creditType)}`, day);
}

export function entryPath(learnerId: string, version: number): string {
  return `/entries/${entryId(learnerId, version)}`;
}

export function documentPath(kind: 'certificate' | 'transcript', serial: string): string {
  return `/${kind}s/${serial}`;
}

export function verifyPath(serial: string): string {
  return `/verify/${serial}`;
}
