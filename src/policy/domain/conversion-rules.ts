import { readCap, type Cap, type CapFile } from './caps.js';
import { readOutcomePattern, type OutcomePattern, type OutcomePatternFile } from './outcome-pattern.js';
import { centi, type Named, type WhenOver } from './schema-parts.js';

/** How much the targets get: a share of what is given up, a fixed amount each, or the value of the item replaced. */
export const AMOUNT_MODES = ['ratio', 'fixed', 'replaced'] as const;
export type AmountMode = (typeof AMOUNT_MODES)[number];

/** What the level of the source must be beside that of the target (open university, NCrF). */
export const LEVEL_RULES = ['none', 'at-least-target', 'same'] as const;
export type LevelRule = (typeof LEVEL_RULES)[number];

/** How often one outcome may serve: once for each programme (Beijing), or once at all (India after redemption). */
export const SINGLE_USES = ['per-programme', 'ever'] as const;
export type SingleUse = (typeof SINGLE_USES)[number];

/** One kind of learning that a rule asks for. */
export interface ConversionSource {
  only: OutcomePattern;
  /** Least usable credit of it, hundredths; at least one hundredth is always asked. */
  minimumCenti: number;
}

/** One thing that a rule gives. */
export interface ConversionTarget {
  creditType: string;
  /** Award it counts towards; single use, caps and floors are counted by it. */
  programme: string | null;
  /** Item of that programme it stands in for. */
  item: string | null;
  /** Hundredths given, where the amount is fixed. */
  centi: number | null;
}

/** Published permission to turn credit into other credit. Without one there is no conversion. */
export interface ConversionRule {
  code: string;
  name: Named;
  /** Learning it asks for: some of every one of them. */
  sources: ConversionSource[];
  targets: ConversionTarget[];
  mode: AmountMode;
  /** `from` hundredths become `to` hundredths; used by the mode `ratio` alone. */
  ratio: { from: number; to: number };
  /** True: only outcomes of which nothing was used before; no partial credit (Malaysia APEL.C). */
  isWholeOnly: boolean;
  /** Type that the worth above the target's becomes; null: it stays available where it is. */
  surplusType: string | null;
  level: LevelRule;
  /** Overlap of contents with what it replaces, percent, as the panel found it; null when none was stated. */
  overlapPercent: number | null;
  /** What a learner may do when the overlap is too low (South Africa: supplementary work). */
  supplement: Named | null;
  /** Grade on the target: none, 免考 (exempt, no mark), the mark of the source, or a mark of its own. */
  grade: 'none' | 'exempt' | 'source' | number;
  /** Null: every hundredth once, nothing more. */
  singleUse: SingleUse | null;
  /** At most this share of a programme's total may come from conversion under rules with the same cap. */
  cap: { programme: string; numerator: number; denominator: number } | null;
  /** Caps on the learning converted under this rule, measured by what it gave. */
  caps: Cap[];
  /** What happens over `cap` and over the programme's own limits. */
  whenOver: WhenOver;
  approval: 'automatic' | 'required';
  /** Days within which an approval must come, or the hold lapses; null for no end of its own. */
  holdDays: number | null;
  /** Years that the new credit lives; null: no longer than the shortest-lived credit it came from. */
  validityYears: number | null;
  effectiveFrom: string;
  effectiveTo: string | null;
}

type SourceFile = OutcomePatternFile & { minimum?: string };
interface TargetFile {
  creditType: string;
  programme?: string;
  item?: string;
  credit?: string;
}

/** A rule as the file writes it; a bare code stands for a credit type. */
export interface ConversionRuleFile {
  code: string;
  name: Named;
  from: string | (string | SourceFile)[];
  to: string | (string | TargetFile)[];
  amount?: AmountMode;
  ratio?: { from: number; to: number };
  wholeOnly?: boolean;
  surplus?: 'keep' | { elective: string };
  level?: LevelRule;
  overlapPercent?: number;
  supplement?: Named;
  grade?: ConversionRule['grade'];
  singleUse?: SingleUse;
  cap?: NonNullable<ConversionRule['cap']>;
  caps?: CapFile[];
  whenOver?: WhenOver;
  approval?: ConversionRule['approval'];
  holdDays?: number;
  validityYears?: number;
  effectiveFrom: string;
  effectiveTo?: string;
}

/** A conversion rule with its defaults filled in: the most cautious choice wherever the file says nothing. */
export function readConversionRule(file: ConversionRuleFile): ConversionRule {
  const targets = asList(file.to).map(readTarget);
  return {
    code: file.code,
    name: file.name,
    sources: asList(file.from).map(readSource),
    targets,
    mode: file.amount ?? 'ratio',
    ratio: file.ratio ?? { from: 1, to: 1 },
    isWholeOnly: file.wholeOnly ?? false,
    surplusType: typeof file.surplus === 'object' ? file.surplus.elective : null,
    level: file.level ?? 'none',
    overlapPercent: file.overlapPercent ?? null,
    supplement: file.supplement ?? null,
    grade: file.grade ?? 'none',
    singleUse: file.singleUse ?? (targets.some(({ programme }) => programme !== null) ? 'per-programme' : null),
    cap: file.cap ?? null,
    caps: (file.caps ?? []).map(readCap),
    whenOver: file.whenOver ?? 'refuse',
    approval: file.approval ?? 'automatic',
    holdDays: file.holdDays ?? null,
    validityYears: file.validityYears ?? null,
    effectiveFrom: file.effectiveFrom,
    effectiveTo: file.effectiveTo ?? null,
  };
}

function asList<T>(value: string | (string | T)[]): (string | T)[] {
  return typeof value === 'string' ? [value] : value;
}

function readSource(file: string | SourceFile): ConversionSource {
  if (typeof file === 'string') return { only: readOutcomePattern({ creditTypes: [file] }), minimumCenti: 1 };
  const { minimum, ...only } = file;
  return { only: readOutcomePattern(only), minimumCenti: Math.max(1, centi(minimum ?? '0')) };
}

function readTarget(file: string | TargetFile): ConversionTarget {
  if (typeof file === 'string') return { creditType: file, programme: null, item: null, centi: null };
  const { creditType, programme = null, item = null, credit } = file;
  return { creditType, programme, item, centi: credit === undefined ? null : centi(credit) };
}

/** True when a rule may decide on this day; both ends belong to it. */
export function isRuleInForce(rule: Pick<ConversionRule, 'effectiveFrom' | 'effectiveTo'>, day: string): boolean {
  return rule.effectiveFrom <= day && (rule.effectiveTo === null || day <= rule.effectiveTo);
}

/** True when a rule may draw on credit of this type, as far as its patterns say. */
export function takesFrom(rule: ConversionRule, creditType: string): boolean {
  return rule.sources.some(({ only }) => only.creditTypes.length === 0 || only.creditTypes.includes(creditType));
}

/** True when a rule gives credit of this type. */
export function givesTo(rule: ConversionRule, creditType: string): boolean {
  return rule.targets.some((target) => target.creditType === creditType);
}

/** Awards that a rule gives credit towards. */
export function programmesOf(rule: ConversionRule): string[] {
  return [...new Set(rule.targets.flatMap(({ programme }) => programme ?? []))];
}
