import type { RefusalCode, RefusalDetails } from '../../kernel/refusal.js';
import { OUTCOME_CLASS_NAMES } from '../../policy/domain/outcome-words.js';
import type { CatalogueItem } from '../../policy/domain/recognition-rules.js';
import { canonicalName } from './outcome-identity.js';
import type { OutcomeContent } from './recognition-case.js';
import type { ReviewedWorth, WorthCheck } from './worth.js';

/**
 * Whether an outcome is what the catalogue item it names is about: its class, the day it was obtained, its issuer, its
 * grade. `item` is null when the rules have none of that code. The item decides the worth, so a reviewer cannot.
 */
export function checkItem(
  content: OutcomeContent,
  item: CatalogueItem | null,
  reviewed: ReviewedWorth | null,
): WorthCheck[] {
  if (!item) return [check('catalogue-item-unknown', false, { item: content.item })];
  const { code, outcomeClass, effectiveFrom, effectiveTo, issuers, gradeMinimum, project } = item;
  const { obtainedOn, issuer, grade } = content;
  const isInForce = effectiveFrom <= obtainedOn && (effectiveTo === null || obtainedOn <= effectiveTo);
  const accepted = [...issuers, ...(project ? [project.issuer] : [])];
  const isIssuer = accepted.length === 0 || accepted.some((name) => canonicalName(name) === canonicalName(issuer));
  return [
    check('outcome-class-wrong', content.outcomeClass === outcomeClass, {
      item: code,
      expected: outcomeClass,
      expectedZh: OUTCOME_CLASS_NAMES[outcomeClass].zh,
      expectedEn: OUTCOME_CLASS_NAMES[outcomeClass].en,
      given: content.outcomeClass,
      givenZh: OUTCOME_CLASS_NAMES[content.outcomeClass].zh,
      givenEn: OUTCOME_CLASS_NAMES[content.outcomeClass].en,
    }),
    check('catalogue-item-not-in-force', isInForce, { item: code, effectiveFrom, effectiveTo, obtainedOn }),
    check('issuer-not-accepted', isIssuer, { item: code }),
    check('grade-below-minimum', gradeMinimum === null || (grade !== null && grade >= gradeMinimum), {
      item: code,
      minimum: gradeMinimum,
      grade,
    }),
    worthCheck(item, reviewed),
    ...(project
      ? [
          check('project-review-due', project.accreditedOn <= obtainedOn && obtainedOn <= project.reviewDue, {
            item: code,
            accreditedOn: project.accreditedOn,
            reviewDue: project.reviewDue,
          }),
        ]
      : []),
  ];
}

/** Whether a reviewer leaves the worth of an item as the item says it. */
export function worthCheck(item: CatalogueItem, reviewed: ReviewedWorth | null): WorthCheck {
  return check('recognition-worth-fixed', !saysOtherwise(item, reviewed), { item: item.code });
}

/** True when a reviewer gave a worth that is not the item's. */
function saysOtherwise(item: CatalogueItem, reviewed: ReviewedWorth | null): boolean {
  if (!reviewed) return false;
  return (
    (reviewed.creditType !== null && reviewed.creditType !== item.creditType) ||
    (reviewed.centi !== null && reviewed.centi !== item.standardCenti) ||
    (reviewed.level !== null && reviewed.level !== item.level) ||
    (reviewed.isAssessed !== null && reviewed.isAssessed !== item.isAssessed)
  );
}

function check(code: RefusalCode, isPassed: boolean, facts: RefusalDetails): WorthCheck {
  return { check: 'item', isPassed, code: isPassed ? null : code, facts };
}
