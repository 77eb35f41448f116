import type { OutcomeClass } from '../../kernel/outcome.js';
import { duplicates, mistakeAt, mistakesIn, unknownName, type Mistake } from './mistake.js';
import { panelMistakes, readPanel, type Panel, type PanelFile } from './panel-rules.js';
import { centi, type Named } from './schema-parts.js';

/** An outcome of elsewhere whose worth is already decided: recognised without a panel (Beijing Open University 2018). */
export interface CatalogueItem {
  code: string;
  name: Named;
  outcomeClass: OutcomeClass;
  creditType: string;
  /** Hundredths of standard credit. */
  standardCenti: number;
  level: string | null;
  /** Issuers whose papers count under this item, as written on them; empty: any. */
  issuers: string[];
  /** Years it stays usable after it was obtained; null: as the credit type says. */
  validityYears: number | null;
  /** Lowest grade that counts, 0–100; null when none is asked. */
  gradeMinimum: number | null;
  isAssessed: boolean;
  effectiveFrom: string;
  effectiveTo: string | null;
  /** What happens to a case that names this item: nobody needs to look, one reviewer, or the two reviews. */
  review: 'automatic' | 'one' | 'two';
  /** Set where the item is an accredited project whose results come in as lists; null otherwise. */
  project: AccreditedProject | null;
}

/** What a panel looks at before a project is accredited (Jiangsu 2021: six dimensions). */
export const PROJECT_DIMENSIONS = ['target', 'assessment', 'content', 'quality', 'support', 'staff'] as const;
export type ProjectDimension = (typeof PROJECT_DIMENSIONS)[number];

/** A project of elsewhere that was accredited once, so that its results need no review one by one. */
export interface AccreditedProject {
  /** Who issues its certificates, as written on them. */
  issuer: string;
  accreditedOn: string;
  /** The panel looks again by this day; results obtained after it are not taken until it has. */
  reviewDue: string;
  /** What the panel found, one text for each dimension. */
  findings: Record<ProjectDimension, string>;
}

/** Steps that need a reason from the closed list. */
export const REASON_USES = ['returned', 'rejected', 'dismissed'] as const;
export type ReasonUse = (typeof REASON_USES)[number];

/** Why a case is sent back or refused, in words everybody knows. */
export interface ReviewReason {
  code: string;
  name: Named;
  for: ReasonUse[];
}

/** What a rate counts: the credit that the issuer gave, or the hours of study on the paper. */
export const RAW_UNITS = ['credit', 'hours'] as const;
export type RawUnit = (typeof RAW_UNITS)[number];

/** Every `from` hundredths on the paper, of a credit or of an hour, are `to` hundredths of standard credit. */
export interface RawRate {
  outcomeClass: OutcomeClass;
  creditType: string;
  of: RawUnit;
  from: number;
  to: number;
}

/** How outcomes earned elsewhere become credit here. */
export interface RecognitionRules {
  catalogue: CatalogueItem[];
  /** Standard credit for raw credit of other issuers, by class and type: an integer fraction, rounded down. */
  rawCredit: RawRate[];
  /** Most standard credit that reviewers may give to one outcome without a catalogue item, hundredths. */
  mostCenti: number | null;
  /** Files of evidence a case needs before it can be submitted. */
  evidenceAtLeast: number;
  /** Reasons that reviewers may give. */
  reasons: ReviewReason[];
  /** Who decides after the first review, where it is not one final reviewer. */
  panels: Panel[];
  /** Working days until the two reviews must be done, and until an appeal must be decided. */
  reviewDays: number;
  appealDays: number;
  /** Days after the decision within which a learner may appeal. */
  appealWithinDays: number;
}

/** A catalogue item as the file writes it; credit is decimal text. */
export interface CatalogueItemFile {
  code: string;
  name: Named;
  outcomeClass: OutcomeClass;
  creditType: string;
  credit: string;
  level?: string;
  issuers?: string[];
  validityYears?: number;
  gradeMinimum?: number;
  assessed?: boolean;
  effectiveFrom: string;
  effectiveTo?: string;
  review: CatalogueItem['review'];
  project?: AccreditedProject;
}

/** The rules of recognition as the file writes them. */
export interface RecognitionRulesFile {
  catalogue?: CatalogueItemFile[];
  rawCredit?: { outcomeClass: OutcomeClass; creditType: string; of?: RawUnit; ratio: { from: number; to: number } }[];
  mostCredit?: string;
  evidenceAtLeast?: number;
  reasons?: ReviewReason[];
  panels?: PanelFile[];
  reviewDays: number;
  appealDays: number;
  appealWithinDays: number;
}

/** The rules of recognition with their defaults filled in; null for a bank that recognises nothing. */
export function readRecognitionRules(file: RecognitionRulesFile | undefined): RecognitionRules | null {
  if (!file) return null;
  return {
    catalogue: (file.catalogue ?? []).map((item) => ({
      code: item.code,
      name: item.name,
      outcomeClass: item.outcomeClass,
      creditType: item.creditType,
      standardCenti: centi(item.credit),
      level: item.level ?? null,
      issuers: item.issuers ?? [],
      validityYears: item.validityYears ?? null,
      gradeMinimum: item.gradeMinimum ?? null,
      isAssessed: item.assessed ?? true,
      effectiveFrom: item.effectiveFrom,
      effectiveTo: item.effectiveTo ?? null,
      review: item.review,
      project: item.project ?? null,
    })),
    rawCredit: (file.rawCredit ?? []).map(({ outcomeClass, creditType, of = 'credit', ratio }) => ({
      outcomeClass,
      creditType,
      of,
      ...ratio,
    })),
    mostCenti: file.mostCredit === undefined ? null : centi(file.mostCredit),
    evidenceAtLeast: file.evidenceAtLeast ?? 0,
    reasons: file.reasons ?? [],
    panels: (file.panels ?? []).map(readPanel),
    reviewDays: file.reviewDays,
    appealDays: file.appealDays,
    appealWithinDays: file.appealWithinDays,
  };
}

/** Mistakes of meaning in the rules of recognition. */
export function recognitionMistakes(
  rules: RecognitionRules | null,
  known: { creditTypes: Set<string>; levels: Set<string> },
): Mistake[] {
  if (!rules) return [];
  const items = rules.catalogue.flatMap((item, index) => {
    const { code, creditType, level, standardCenti, effectiveFrom, effectiveTo, project } = item;
    const wrong = mistakesIn(`/recognition/catalogue/${index}`, code);
    const found: Mistake[] = [];
    if (!known.creditTypes.has(creditType))
      found.push(unknownName(wrong, 'creditType', 'credit-type', creditType, known.creditTypes));
    if (level !== null && !known.levels.has(level))
      found.push(unknownName(wrong, 'level', 'level', level, known.levels));
    if (standardCenti === 0) found.push(wrong('credit', 'worth-nothing'));
    if (effectiveTo !== null && effectiveTo < effectiveFrom)
      found.push(wrong('effectiveTo', 'ends-before-it-begins', effectiveFrom, effectiveTo));
    if (project && project.reviewDue < project.accreditedOn)
      found.push(wrong('project/reviewDue', 'reviewed-before-accredited', project.accreditedOn));
    return found;
  });
  return [
    ...duplicates('/recognition/catalogue', rules.catalogue),
    ...items,
    ...rawCreditMistakes(rules.rawCredit, known.creditTypes),
    ...duplicates('/recognition/reasons', rules.reasons),
    ...reasonMistakes(rules.reasons),
    ...panelMistakes(rules.panels),
  ];
}

/** Rates of types that are not there, and second rates for one class and type. */
function rawCreditMistakes(rates: RecognitionRules['rawCredit'], creditTypes: Set<string>): Mistake[] {
  const seen = new Set<string>();
  return rates.flatMap(({ outcomeClass, creditType }, index) => {
    const pair = `${outcomeClass} → ${creditType}`;
    const wrong = mistakesIn(`/recognition/rawCredit/${index}`, outcomeClass);
    if (!creditTypes.has(creditType)) return [unknownName(wrong, 'creditType', 'credit-type', creditType, creditTypes)];
    if (seen.has(pair)) return [wrong('', 'code-twice', pair)];
    seen.add(pair);
    return [];
  });
}

/** Where there is a list of reasons, every step that needs one must find one in it. */
function reasonMistakes(reasons: ReviewReason[]): Mistake[] {
  if (reasons.length === 0) return [];
  return REASON_USES.filter((use) => !reasons.some((reason) => reason.for.includes(use))).map((use) =>
    mistakeAt('/recognition/reasons', 'reason-missing', use),
  );
}
