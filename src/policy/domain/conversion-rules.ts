import type { CreditType } from './credit-types.js';
import { duplicates, itemMistake, unknownName, type Mistake } from './mistake.js';

import { CODE, DAY, described, integer, list, NAMED, type Named, object, type Schema } from './schema-parts.js';

/** Published permission to turn credit of one type into another. Without one there is no conversion. */
export interface ConversionRule {
  code: string;
  name: Named;
  from: string;
  to: string;
  /** `from` hundredths become `to` hundredths. */
  ratio: { from: number; to: number };
  effectiveFrom: string;
  effectiveTo: string | null;
  /** At most this share of a programme's total may come from conversion under this rule. */
  cap: { programme: string; numerator: number; denominator: number } | null;
}

export type ConversionRuleFile = Omit<ConversionRule, 'effectiveTo' | 'cap'> & {
  effectiveTo?: string;
  cap?: NonNullable<ConversionRule['cap']>;
};

export const CONVERSION_RULES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      from: described(CODE, '转出的学分类型', 'Credit type that is converted', { example: 'leisure' }),
      to: described(CODE, '转入的学分类型', 'Credit type it becomes', { example: 'vocational' }),
      ratio: described(
        object({
          from: described(integer(1, 1_000_000), '转出的份数', 'Parts that go', { example: 2 }),
          to: described(integer(1, 1_000_000), '转入的份数', 'Parts that come', { example: 1 }),
        }),
        '比例：from 学分换 to 学分',
        'Ratio: so much becomes so much',
      ),
      effectiveFrom: DAY,
      'effectiveTo?': DAY,
      'cap?': described(
        object({
          programme: described(CODE, '项目代码', 'Code of a programme', { example: 'community-care' }),
          numerator: described(integer(1, 1_000_000), '分子', 'Numerator', { example: 1 }),
          denominator: described(integer(1, 1_000_000), '分母', 'Denominator', { example: 2 }),
        }),
        '按此规则转入的学分不得超过项目总学分的这一占比',
        'At most this share of the total of a programme may come by this rule',
      ),
    }),
  ),
  '转换规则；无规则即不得转换',
  'Conversion rules; without one there is no conversion',
);

export function readConversionRule(file: ConversionRuleFile): ConversionRule {
  return { ...file, effectiveTo: file.effectiveTo ?? null, cap: file.cap ?? null };
}

export function conversionRuleMistakes(
  rules: ConversionRule[],
  pack: { creditTypes: CreditType[]; programmes: Set<string> },
): Mistake[] {
  const category = new Map(pack.creditTypes.map((type) => [type.code, type.category]));
  const mistakes = rules.flatMap((rule, index) => {
    const wrong = (what: string) => itemMistake('conversionRules', index, rule.code, what);
    const found: Mistake[] = [];
    for (const code of [rule.from, rule.to])
      if (!category.has(code))
        found.push(unknownName('conversionRules', index, rule.code, 'credit type', code, category.keys()));
    if (rule.from === rule.to) found.push(wrong(`converts ${rule.from} into itself`));
    if (category.get(rule.from) === 'leisure' && category.get(rule.to) === 'degree')
      found.push(wrong('leisure credit can never become degree credit'));
    if (rule.effectiveTo !== null && rule.effectiveTo < rule.effectiveFrom) found.push(wrong('ends before it begins'));
    if (rule.cap && !pack.programmes.has(rule.cap.programme)) {
      const name = rule.cap.programme;
      found.push(unknownName('conversionRules', index, rule.code, 'programme', name, pack.programmes));
    }
    if (rule.cap && rule.cap.numerator > rule.cap.denominator) found.push(wrong('a cap is at most the whole'));
    return found;
  });
  return [...duplicates('conversionRules', rules), ...mistakes, ...overlaps(rules), ...leaks(rules, pack.creditTypes)];
}

/** Two rules for the same pair on the same day would make the answer depend on their order. */
function overlaps(rules: ConversionRule[]): Mistake[] {
  return rules.flatMap((a, index) =>
    rules
      .slice(index + 1)
      .filter(
        (b) =>
          a.from === b.from &&
          a.to === b.to &&
          a.effectiveFrom <= (b.effectiveTo ?? '9999') &&
          b.effectiveFrom <= (a.effectiveTo ?? '9999'),
      )
      .map((b) => ({
        pointer: `/conversionRules/${rules.indexOf(b)}`,
        message: `${a.code} and ${b.code} are in force for the same pair at the same time`,
      })),
  );
}

/** Leisure credit must not reach a degree by way of a third type either, and no chain may come back to its start. */
function leaks(rules: ConversionRule[], creditTypes: CreditType[]): Mistake[] {
  const next = (code: string) => rules.filter(({ from }) => from === code).map(({ to }) => to);
  return creditTypes.flatMap((start) => {
    const reached = new Set<string>();
    const waiting = next(start.code);
    while (waiting.length > 0) {
      const code = waiting.pop()!;
      if (reached.has(code)) continue;
      reached.add(code);
      waiting.push(...next(code));
    }
    const found: string[] = [];
    if (reached.has(start.code)) found.push(`${start.code} can be converted back into itself`);
    const degrees = creditTypes.filter(({ code, category }) => category === 'degree' && reached.has(code));
    const isDirect = (code: string) => next(start.code).includes(code);
    if (start.category === 'leisure') {
      for (const { code } of degrees.filter((degree) => !isDirect(degree.code)))
        found.push(`${start.code} reaches the degree type ${code} through other rules`);
    }
    return found.map((message) => ({ pointer: '/conversionRules', message }));
  });
}
