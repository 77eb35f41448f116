import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { RefusalCode, RefusalDetails } from '../../kernel/refusal.js';
import type { Draw } from '../../ledger/domain/lots.js';
import type { AccountStatus } from '../../ledger/domain/post-entry.js';
import type { CreditCategory } from '../../policy/domain/credit-types.js';

/** What somebody asks for. A rule by its code, or a pair of types; everything else narrows it down. */
export interface ConversionAsked {
  from: string | null;
  to: string | null;
  rule: string | null;
  /** Award it shall count towards. */
  programme: string | null;
  /** Hundredths to give up; null where the rule fixes the amount, or for the whole of the named lots. */
  fromCenti: number | null;
  /** Lots to use, and no others; null: soonest to expire first. */
  lots: number[] | null;
}

/**
 * The entry that brought an outcome in: one outcome has one entry. Its version in the book itself, its entry id where the
 * learner had it in another account, which was merged.
 */
export type OutcomeName = number | string;

/** Where credit came from first, however often it was converted since. */
export interface Root {
  entry: OutcomeName;
  creditType: string;
  /** As it was when the credit was first converted, so that a later pack cannot make it something else. */
  category: CreditCategory | null;
}

/** A lot that may be drawn on. */
export interface SourceLot {
  lot: number;
  creditType: string;
  availableCenti: number;
  /** True while nothing of it was ever used. */
  isWhole: boolean;
  validUntil: string | null;
  facts: OutcomeFacts;
  roots: Root[];
}

/** What one outcome brought to one target: what caps count and single use looks at. */
export interface Part {
  /** Lot it was drawn from; 0 for one of another account of the person. */
  lot: number;
  programme: string | null;
  item: string | null;
  creditType: string;
  /** Hundredths given. */
  centi: number;
  /** Hundredths given up for it. */
  fromCenti: number;
  /** Root entries of the lot it was drawn from. */
  outcomes: OutcomeName[];
  source: OutcomeFacts;
}

/** A part of a conversion that counts: it is held or executed and was not undone. */
export interface PastPart extends Part {
  /** Version of the entry that names its conversion. */
  conversion: number;
  rule: string;
  /** Programme of the rule's share cap. */
  capProgramme: string | null;
  isEver: boolean;
  /** Day of its decision. */
  decidedOn: string;
}

/** Everything a decision looks at besides the rules. Kept with the decision, so that it can be made again. */
export interface ConversionInputs {
  asked: ConversionAsked;
  status: AccountStatus;
  /** The account is closed because it was merged into another one of the same person. */
  isMerged?: true;
  /** Day of the decision. */
  today: string;
  lots: SourceLot[];
  /** Usable credit behind these lots in the order of drawing, of the same kind, hundredths. */
  restCenti: number;
  /** Usable credit of the same types that the rule does not take, hundredths; left out for none. */
  otherCenti?: number;
  history: PastPart[];
}

/** One question the rules ask, with what was compared. */
export interface Check {
  check: CheckName;
  isPassed: boolean;
  /** What the answer of a refusal would be. */
  code: RefusalCode;
  facts: RefusalDetails;
}

export const CHECK_NAMES = [
  'account',
  'category',
  'rule',
  'exempt',
  'item',
  'overlap',
  'level',
  'recency',
  'ratio',
  'amount',
  'lots',
  'whole',
  'single-use',
  'attempt',
  'cap',
  'floor',
  'surplus',
  'credit',
] as const;
type CheckName = (typeof CHECK_NAMES)[number];

/** Credit taken from one lot. */
export type ConversionDraw = Draw & { creditType: string };

/** A lot that a conversion brings in, with what the bank says of the learning behind it. */
export interface NewLot {
  creditType: string;
  centi: number;
  programme: string | null;
  item: string | null;
  facts: Omit<OutcomeFacts, 'creditType'>;
  roots: Root[];
}

/** The decision and everything that led to it: kept with the conversion, so that it can be explained for ever. */
export interface ConversionDecision {
  isAllowed: boolean;
  checks: Check[];
  rule: string | null;
  policyVersion: string;
  /** Types of credit, where there is only one. */
  from: string | null;
  to: string | null;
  /** Hundredths asked for; more than `fromCenti` where a cap cut something off. */
  askedCenti: number | null;
  fromCenti: number;
  /** Hundredths of the targets together, surplus not counted; 0 when no rule gives any. */
  toCenti: number;
  draws: ConversionDraw[];
  newLots: NewLot[];
  parts: Part[];
  /** Last day of the new credit; null for ever. */
  validUntil: string | null;
  approval: 'automatic' | 'required';
  /** Last day on which a hold may be approved; null when it has no end or is not needed. */
  holdUntil: string | null;
}

/** What one rule decided, and exactly what it looked at. */
export interface RuleDecision {
  decision: ConversionDecision;
  inputs: ConversionInputs;
}

/** Another rule that speaks of what was asked, and the first of its checks that failed. */
export interface OtherRule {
  rule: string;
  failed: Check;
}

/** The decision, what it looked at, and what the other rules that were tried said. */
export interface TracedDecision extends RuleDecision {
  /** In the order of the pack; of an allowed decision those before it. */
  others: OtherRule[];
}
