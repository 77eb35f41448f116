import { isKeptTime } from '../../kernel/study-time.js';
import type { Posting } from './entry.js';

/** Credit of one type, hundredths, by where it is now. */
export interface CreditSummary {
  creditType: string;
  /** All that was ever recognised and not taken back. */
  recognisedCenti: number;
  availableCenti: number;
  heldCenti: number;
  awardedCenti: number;
  convertedCenti: number;
  expiredCenti: number;
}

/** Study time of one type, whole seconds. */
export interface StudyTimeSummary {
  creditType: string;
  attendedSeconds: number;
  /** Gathers towards the next full step of its tariff. */
  waitingSeconds: number;
  /** Left over where nothing gathers: on record as attended, never credit. */
  keptSeconds: number;
  /** In gated courses that are not passed yet. */
  pendingSeconds: number;
}

/** What a set of postings comes to, one line a type of credit in order of their codes. */
export interface LedgerSummary {
  credits: CreditSummary[];
  studyTime: StudyTimeSummary[];
  /** Points: a reward beside credit, never a part of it. */
  points: number;
}

const CREDIT_FIELDS: Record<string, keyof Omit<CreditSummary, 'creditType' | 'recognisedCenti'>> = {
  available: 'availableCenti',
  held: 'heldCenti',
  awarded: 'awardedCenti',
  converted: 'convertedCenti',
  expired: 'expiredCenti',
};

/**
 * The one calculator: statement, transcript, report, page and API all show what this says of the same postings.
 * Promise: for every type `available + held + awarded + converted + expired = recognised`, and the study time attended is
 * what became credit, waits, is kept on record and is pending.
 */
export function summarise(postings: Iterable<Posting>): LedgerSummary {
  const credits = new Map<string, CreditSummary>();
  const times = new Map<string, StudyTimeSummary>();
  let points = 0;
  for (const posting of postings) {
    if (posting.unit === 'point') points += pointFlow(posting);
    if (posting.unit === 'centi') addCredit(entryOf(credits, posting.creditType, emptyCredit), posting);
    if (posting.unit === 'second') addTime(entryOf(times, posting.creditType, emptyTime), posting);
  }
  const byType = <T extends { creditType: string }>(a: T, b: T) => (a.creditType < b.creditType ? -1 : 1);
  return { credits: [...credits.values()].sort(byType), studyTime: [...times.values()].sort(byType), points };
}

function pointFlow({ source, destination, amount }: Posting): number {
  return (destination === 'points' ? amount : 0) - (source === 'points' ? amount : 0);
}

function addCredit(summary: CreditSummary, { source, destination, amount }: Posting): void {
  for (const [account, signed] of [
    [source, -amount],
    [destination, amount],
  ] as const) {
    const field = CREDIT_FIELDS[account];
    if (field) summary[field] += signed;
    else summary.recognisedCenti -= signed;
  }
}

function addTime(summary: StudyTimeSummary, { source, destination, amount }: Posting): void {
  for (const [account, signed] of [
    [source, -amount],
    [destination, amount],
  ] as const) {
    // Time from the person's other account was attended as well, and time that went there is counted there.
    if (account === 'attended' || account === 'merged-time') summary.attendedSeconds -= signed;
    else if (isKeptTime(account)) summary.keptSeconds += signed;
    else if (account.startsWith('time')) summary.waitingSeconds += signed;
    else if (account.startsWith('pending')) summary.pendingSeconds += signed;
  }
}

function entryOf<T>(map: Map<string, T>, key: string, make: (key: string) => T): T {
  const found = map.get(key) ?? make(key);
  map.set(key, found);
  return found;
}

function emptyCredit(creditType: string): CreditSummary {
  return {
    creditType,
    recognisedCenti: 0,
    availableCenti: 0,
    heldCenti: 0,
    awardedCenti: 0,
    convertedCenti: 0,
    expiredCenti: 0,
  };
}

function emptyTime(creditType: string): StudyTimeSummary {
  return { creditType, attendedSeconds: 0, waitingSeconds: 0, keptSeconds: 0, pendingSeconds: 0 };
}
