import type { CreditCategory } from '../../policy/domain/credit-types.js';
import type { Named } from '../../policy/domain/schema-parts.js';

/** Where credit came from, as a document names it. */
export interface Source {
  /** It begins with the id of the account: strangers are not shown it. */
  entryId?: string;
  kind: string;
  /** Course, or what was converted. */
  title: string;
  provider: string | null;
  /** Day of the activity in Asia/Shanghai. */
  day: string;
  studySeconds: number;
  /** Mark of converted credit: 0–100, or `exempt` (免考, without a mark); left out where there is none. */
  grade?: string;
}

/** Whom a document is about. The identity number is masked before it is frozen. */
export interface DocumentHolder {
  name: string;
  identityType: string;
  maskedIdentity: string;
}

/** Part of an award that one lot gave. Credit is decimal text. */
export interface AwardLine {
  lot: number;
  creditType: string;
  /** Where it counted; older documents do not say. */
  bucket?: string;
  amount: string;
  source: Source;
}

/** Everything a certificate says, frozen at issue. Rendering can change, this cannot. */
export interface CertificateSnapshot {
  kind: 'certificate';
  serial: string;
  issuer: Named;
  programme: { code: string; title: Named; category: CreditCategory };
  holder: DocumentHolder;
  issuedOn: string;
  policyVersion: string;
  /** The award. It begins with the id of the account: strangers are not shown it. */
  entryId?: string;
  total: string;
  byType: { creditType: string; name: Named; amount: string }[];
  /** What counted where; older documents do not say. */
  byBucket?: { bucket: string; name: Named; amount: string }[];
  lines: AwardLine[];
}

/** One lot on a transcript: all that came in and where it is at the date. Credit is decimal text. */
export interface TranscriptLine {
  lot: number;
  creditType: string;
  recognised: string;
  available: string;
  held: string;
  awarded: string;
  converted: string;
  expired: string;
  earnedOn: string | null;
  validUntil: string | null;
  source: Source;
}

/** Everything a transcript says as of a day, frozen at issue. Every total is labelled with its date and scope. */
export interface TranscriptSnapshot {
  kind: 'transcript';
  serial: string;
  issuer: Named;
  holder: DocumentHolder;
  issuedOn: string;
  /** End of this day in Asia/Shanghai. */
  asOf: string;
  /** Entries counted. */
  version: number;
  totals: {
    creditType: string;
    name: Named;
    recognised: string;
    available: string;
    held: string;
    awarded: string;
    converted: string;
    expired: string;
  }[];
  studyTime: {
    creditType: string;
    attendedSeconds: number;
    waitingSeconds: number;
    /** On record as time, never credit; transcripts of before count it as waiting. */
    keptSeconds?: number;
    pendingSeconds: number;
  }[];
  lines: TranscriptLine[];
}

/** The frozen content of any document; `kind` says which. */
export type Snapshot = CertificateSnapshot | TranscriptSnapshot;
