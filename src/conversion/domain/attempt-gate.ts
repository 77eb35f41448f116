import type { OutcomeFacts } from '../../kernel/outcome.js';
import { ATTEMPT_WORDS, attemptKeys, chooseAttempts } from '../../policy/domain/attempts.js';
import { programmesOf, type ConversionRule } from '../../policy/domain/conversion-rules.js';
import { programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { AttemptPolicy } from '../../policy/domain/programmes.js';
import type { TitleRules } from '../../policy/domain/title-rules.js';
import type { PastPart, Root, SourceLot } from './conversion-case.js';
import { conversionNames, namesOf, usedOnce, type LotGate } from './lot-gates.js';

/** Credit of some outcomes. */
interface OutcomeCredit {
  facts: OutcomeFacts;
  roots: Pick<Root, 'entry'>[];
}

/** Credit that is of attempts at a course, found by what names the course. */
export class CourseAttempts<L extends OutcomeCredit> {
  readonly lots: L[] = [];
  private readonly byKey = new Map<string, L[]>();

  constructor(
    private readonly titleRules: TitleRules,
    lots: L[],
  ) {
    for (const lot of lots) {
      const keys = attemptKeys(titleRules, lot.facts);
      if (keys.length > 0) this.lots.push(lot);
      for (const key of keys) this.byKey.set(key, [...(this.byKey.get(key) ?? []), lot]);
    }
  }

  /** What is of the same course as an earlier part, and of another outcome. */
  othersOf({ source, outcomes }: Pick<PastPart, 'source' | 'outcomes'>): L[] {
    if (this.lots.length === 0) return [];
    return attemptKeys(this.titleRules, source).flatMap((key) =>
      (this.byKey.get(key) ?? []).filter(({ roots }) => !roots.some(({ entry }) => outcomes.includes(entry))),
    );
  }
}

/**
 * Of several outcomes of one course only one is converted, whatever it is worth: the one that the programme's attempt policy
 * counts, unless another one served already (DOMAIN CNV-12, G20). No gate where nothing is an attempt.
 */
export function attemptGates(
  pack: PolicyPack,
  rule: ConversionRule,
  attempts: CourseAttempts<SourceLot>,
  history: PastPart[],
): LotGate[] {
  if (attempts.lots.length === 0) return [];
  const before = history.filter((part) => attempts.othersOf(part).length > 0);
  const served = new Set(before.flatMap((part) => attempts.othersOf(part)));
  const policy = attemptPolicy(pack, rule);
  const left = attempts.lots.filter((lot) => !served.has(lot));
  const { replaced } = chooseAttempts(
    policy,
    pack.titleRules,
    left.map((own) => ({
      ...{ facts: own.facts, lot: own.lot, amountCenti: own.availableCenti, own },
      outcome: own.roots.map(({ entry }) => entry).join(),
    })),
  );
  const out = new Set([...served, ...replaced.map(({ of }) => of.own)]);
  const usedBy = conversionNames(before);
  const instead = namesOf([...new Set(replaced.map(({ by }) => by.own.lot))]);
  return [
    {
      ...{ check: 'attempt', code: 'course-counts-once' },
      facts: {
        ...{ attempts: policy, policy: ATTEMPT_WORDS[policy].zh, policyEn: ATTEMPT_WORDS[policy].en },
        ...{ ...usedOnce(served.size > 0), usedBy, instead, ...hintWords(usedBy, instead, policy) },
      },
      fits: (lot) => !out.has(lot),
    },
  ];
}

/** What stands for the course. */
function hintWords(usedBy: string | null, instead: string | null, policy: AttemptPolicy): Record<string, string> {
  const { zh, en } = ATTEMPT_WORDS[policy];
  const used = usedBy === null ? [] : [{ zh: `转换 ${usedBy} 已用过另一次。`, en: `Conversion ${usedBy} used it.` }];
  const chosen =
    instead === null ? [] : [{ zh: `应计入批次 ${instead}（${zh}）。`, en: `Lot ${instead} counts (${en}).` }];
  const hints = [...used, ...chosen];
  return { hint: hints.map((hint) => hint.zh).join(''), hintEn: hints.map((hint) => hint.en).join(' ') };
}

/** The policy of the programme it counts towards; the best where it counts towards none. */
function attemptPolicy(pack: PolicyPack, rule: ConversionRule): AttemptPolicy {
  const [first] = programmesOf(rule);
  return (first === undefined ? undefined : programmeOf(pack, first)?.attempts) ?? 'best';
}
