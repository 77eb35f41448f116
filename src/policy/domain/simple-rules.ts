import type { ConversionRule } from './conversion-rules.js';
import { readOutcomePattern } from './outcome-pattern.js';

/** A rule that turns any credit of one type into another by a ratio at once, with no limit but a share of a programme. */
export interface SimpleRule extends Pick<ConversionRule, 'code' | 'name' | 'ratio' | 'cap'> {
  from: string;
  to: string;
}

/** The rule as a simple one, or null when it asks for anything more. */
export function simpleRule(rule: ConversionRule): SimpleRule | null {
  const { code, name, sources, targets, ratio, cap } = rule;
  const [source, target] = [sources[0]!, targets[0]!];
  const [from] = source.only.creditTypes;
  const plain = readOutcomePattern({ creditTypes: from === undefined ? [] : [from] });
  const isPlain =
    sources.length === 1 && source.minimumCenti <= 1 && JSON.stringify(source.only) === JSON.stringify(plain);
  const isAlone = targets.length === 1 && target.programme === null && target.item === null;
  const isFree =
    rule.mode === 'ratio' &&
    rule.approval === 'automatic' &&
    !rule.isWholeOnly &&
    rule.level === 'none' &&
    rule.overlapPercent === null &&
    rule.singleUse === null &&
    rule.caps.length === 0;
  return from !== undefined && isPlain && isAlone && isFree
    ? { code, name, ratio, cap, from, to: target.creditType }
    : null;
}
