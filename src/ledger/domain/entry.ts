import { isId } from '../../kernel/ids.js';
import { Refusal } from '../../kernel/refusal.js';
import type { Unit } from './accounts.js';

/** What kinds of thing can happen in the book (DESIGN: kinds of entry). */
export type EntryKind =
  | 'attendance'
  | 'completion'
  | 'recognition'
  | 'conversion'
  | 'hold'
  | 'release'
  | 'award'
  | 'expiry'
  | 'reversal'
  | 'adjustment'
  | 'reward'
  | 'redemption'
  | 'merge'
  | 'opening';

/** A movement that a rule asks for, before the book has numbered it. Amounts are whole seconds, hundredths or points. */
export interface PostingDraft {
  source: string;
  destination: string;
  creditType: string;
  amount: number;
  /** The lot it takes from or gives back to, or `new` when this posting brings credit in and so is a lot. */
  lot?: number | 'new';
  earnedOn?: string;
  validUntil?: string | null;
}

/** What happened, as a rule proposes it. */
export interface EntryDraft {
  kind: EntryKind;
  /** Epoch milliseconds of the activity itself; never the time of writing. */
  occurredAt: number;
  postings: PostingDraft[];
  /** The session, course, rule or serial it is about. */
  subject?: string;
  providerId?: string | null;
  /** Where it came from: a file line, a request. */
  source?: string | null;
  policyVersion?: string | null;
  reversesVersion?: number;
  reason?: string;
  /** Facts of the decision that are not in the postings, as JSON. */
  detail?: unknown;
}

/** A written posting: one row names both sides, so an unbalanced one cannot be written down. */
export interface Posting {
  version: number;
  /** 1…n within the entry. */
  line: number;
  source: string;
  destination: string;
  unit: Unit;
  creditType: string;
  amount: number;
  /** Dense 1…n within the learner; null for study time and points. */
  lot: number | null;
  /** Learner's balance of the source account after this posting; null when the source is bank-side. */
  sourceAfter: number | null;
  destinationAfter: number | null;
  earnedOn: string | null;
  validUntil: string | null;
}

/** A written entry with its postings. */
export interface Entry {
  learnerId: string;
  /** Dense 1…n within the learner, given under the learner's lock: the only order there is. */
  version: number;
  kind: EntryKind;
  occurredAt: number;
  recordedAt: number;
  actor: string;
  providerId: string | null;
  subject: string | null;
  source: string | null;
  policyVersion: string | null;
  idempotencyKey: string | null;
  reversesVersion: number | null;
  reason: string | null;
  detail: unknown;
  postings: Posting[];
}

/** An entry's public name: learner and version. It needs no column and no index of its own. */
export function entryId(learnerId: string, version: number): string {
  return `${learnerId}.${version}`;
}

/** What an entry of a merge, or the one that undid it, says of the person's other account. */
export interface MergeDetail {
  /** Whether this entry's account was kept or closed. */
  side: 'kept' | 'closed';
  otherLearnerId: string;
  /** The other account's entry; null where nothing moved there. */
  otherEntryId: string | null;
}

/** What an entry says of the other account, where a merge or its reversal wrote it; else null. */
export function mergeDetailOf({ kind, detail }: Pick<Entry, 'kind' | 'detail'>): MergeDetail | null {
  if (kind !== 'merge' && kind !== 'reversal') return null;
  const said = detail as Partial<MergeDetail> | null;
  return said?.otherLearnerId === undefined ? null : (said as MergeDetail);
}

/** Parts of an entry's public name, or null when it is not one: a UUID in its one spelling and a version below 10⁹. */
export function parseEntryId(id: string): { learnerId: string; version: number } | null {
  const [learnerId = '', version = '', ...more] = id.split('.');
  if (more.length > 0 || !isId(learnerId) || !/^[1-9]\d{0,8}$/.test(version)) return null;
  return { learnerId, version: Number(version) };
}

/** The same for a name in a request: what is no name of an entry is `not-found`, before a database sees it. */
export function readEntryId(id: string): { learnerId: string; version: number } {
  const name = parseEntryId(id);
  if (!name) throw new Refusal('not-found');
  return name;
}

/** True while an entry counts: it was never reversed, or its reversal was itself undone. Keys and values are versions. */
export function isLive(reversals: Map<number, number>, version: number): boolean {
  const reversedBy = reversals.get(version);
  return reversedBy === undefined || !isLive(reversals, reversedBy);
}
