import type { Source } from '../certificates/certificates.port.js';
import { isLearnerSide } from '../ledger/domain/accounts.js';
import type { StatedEntry } from '../ledger/statements.service.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';

/** One entry as a list shows it. */
export interface EntryLine {
  learnerId: string;
  version: number;
  kind: StatedEntry['kind'];
  /** Day it happened, Asia/Shanghai. */
  day: string;
  title: string;
  provider: string | null;
  /** Change of available credit by type, hundredths. */
  credit: { creditType: string; amountCenti: number }[];
  /** Study time attended; below zero where it was taken back. */
  attendedSeconds: number;
  reversesVersion: number | null;
  reversedByVersion: number | null;
}

/** An entry for a list; its numbers are sums of its own postings. */
export function toEntryLine(entry: StatedEntry, source: Source | undefined, pack: PolicyPack | null): EntryLine {
  const { learnerId, version, kind, reversesVersion, reversedByVersion, postings } = entry;
  const types = [...new Set(postings.flatMap(({ unit, creditType }) => (unit === 'centi' ? [creditType] : [])))];
  return {
    learnerId,
    version,
    kind,
    day: source?.day ?? '',
    title: entryTitle(entry, source, pack),
    provider: source?.provider ?? null,
    credit: types
      .map((creditType) => ({ creditType, amountCenti: netFlow(entry, 'available', creditType) }))
      .filter(({ amountCenti }) => amountCenti !== 0),
    attendedSeconds: attendedSeconds(entry),
    reversesVersion,
    reversedByVersion,
  };
}

/** What an entry is about: the course, the conversion rule, the serial of the certificate. */
export function entryTitle(
  { subject }: Pick<StatedEntry, 'subject'>,
  source: Source | undefined,
  pack: PolicyPack | null,
): string {
  const rule = pack?.conversionRules.find(({ code }) => code === subject);
  return rule?.name.zh ?? source?.title ?? subject ?? '';
}

/** What an entry added to an account, in the account's unit; of all types of credit unless one is named. */
export function netFlow(entry: Pick<StatedEntry, 'postings'>, bucket: string, creditType?: string): number {
  return flowInto(entry, (account) => account === bucket || account.startsWith(`${bucket}/`), creditType);
}

/** The same into all accounts that `isOf` names. */
export function flowInto(
  { postings }: Pick<StatedEntry, 'postings'>,
  isOf: (account: string) => boolean,
  creditType?: string,
): number {
  return postings
    .filter((posting) => creditType === undefined || posting.creditType === creditType)
    .reduce(
      (sum, { source, destination, amount }) => sum + (isOf(destination) ? amount : 0) - (isOf(source) ? amount : 0),
      0,
    );
}

/** Study time that an entry brought in by a visit or from the person's other account, less what it took back. */
export function attendedSeconds(entry: Pick<StatedEntry, 'postings'>, creditType?: string): number {
  return 0 - netFlow(entry, 'attended', creditType) - netFlow(entry, 'merged-time', creditType);
}

/** True when an entry moved study time of this type. */
export function movesStudyTime({ postings }: Pick<StatedEntry, 'postings'>, creditType: string): boolean {
  return postings.some(
    ({ unit, creditType: type, source, destination }) =>
      unit === 'second' && type === creditType && (isLearnerSide(source) || isLearnerSide(destination)),
  );
}
