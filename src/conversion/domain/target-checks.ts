import type { ConversionRule } from '../../policy/domain/conversion-rules.js';
import { programmesOf } from '../../policy/domain/conversion-rules.js';
import { itemName } from '../../policy/domain/pack-words.js';
import { programmeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { itemOf } from './allot-credit.js';
import type { Check, PastPart } from './conversion-case.js';
import { conversionNames, usedOnce } from './lot-gates.js';

type Target = Pick<ConversionRule['targets'][number], 'programme' | 'item'>;

/** Whether the targets may be reached at all: exemptible, contents alike enough. */
export function targetChecks(pack: PolicyPack, rule: ConversionRule): Check[] {
  return [...rule.targets.flatMap((target) => exemptChecks(pack, target)), ...overlapChecks(pack, rule)];
}

/** Thesis and practice are done here (open university, APEL.C). */
function exemptChecks(pack: PolicyPack, { programme, item }: Target): Check[] {
  if (item === null) return [];
  const isPassed = itemOf(pack, { programme, item })?.isExemptible ?? false;
  const facts = { programme, item, ...itemNames(pack, item), exemptible: isPassed };
  return [{ check: 'exempt', isPassed, code: 'item-not-exemptible', facts }];
}

/** One item is stood in for once. */
export function itemChecks(pack: PolicyPack, rule: ConversionRule, history: PastPart[]): Check[] {
  return rule.targets.flatMap(({ programme, item }): Check[] => {
    if (item === null) return [];
    const covering = history.filter((part) => part.programme === programme && part.item === item);
    const isPassed = covering.length === 0;
    const facts = {
      programme,
      item,
      ...itemNames(pack, item),
      ...usedOnce(!isPassed),
      usedBy: conversionNames(covering),
    };
    return [{ check: 'item', isPassed, code: 'item-already-covered', facts }];
  });
}

function itemNames(pack: PolicyPack, item: string): Check['facts'] {
  const { zh, en } = itemName(pack, item);
  return { itemName: zh, itemNameEn: en };
}

/** The overlap that a panel found beside the least the programme asks; below it the rule may say what can be done. */
function overlapChecks(pack: PolicyPack, rule: ConversionRule): Check[] {
  const asked = programmesOf(rule).flatMap((code) => programmeOf(pack, code)?.minimumOverlapPercent ?? []);
  if (asked.length === 0) return [];
  const least = Math.max(...asked);
  const isPassed = rule.overlapPercent !== null && rule.overlapPercent >= least;
  const { zh: supplement, en: supplementEn } = (isPassed ? null : rule.supplement) ?? { zh: '', en: '' };
  return [
    {
      ...{ check: 'overlap', isPassed, code: 'overlap-too-low' },
      facts: { overlapPercent: rule.overlapPercent ?? 0, leastPercent: least, supplement, supplementEn },
    },
  ];
}
