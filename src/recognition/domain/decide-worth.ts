import { addYears } from '../../kernel/clock.js';
import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { Refusal, type RefusalCode, type RefusalDetails } from '../../kernel/refusal.js';
import { capUse, type Cap, type CountedOutcome } from '../../policy/domain/caps.js';
import { levelRank } from '../../policy/domain/level-schemes.js';
import { creditTypeOf, policyVersion, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { refusedDuplicate } from '../../policy/domain/title-rules.js';
import type { CatalogueItem, RawRate, RecognitionRules } from '../../policy/domain/recognition-rules.js';
import { checkItem } from './check-item.js';
import { issuerName } from './issuer-name.js';
import { objectionsOf, requireNone } from './objections.js';
import type { ReviewedWorth, WorthCheck } from './worth.js';
import type { OutcomeContent } from './recognition-case.js';

/** An outcome that already counts, with the entry that brought it in where that is asked. */
export type HeldOutcome = CountedOutcome & { entryId?: string };

/** What a learner has learnt already. */
export interface CountedHere {
  /** What already counts: live recognised outcomes and attendance. */
  earlier: HeldOutcome[];
  /** Courses passed here; read where the pack refuses a second one of a title. */
  passed?: { title: string; entryId: string }[];
}

/** Everything the decision looks at. */
export interface WorthQuestion extends CountedHere {
  content: OutcomeContent;
  /** What reviewers said; null where nobody looked. */
  reviewed: ReviewedWorth | null;
  pack: PolicyPack;
  today: string;
}

/** What an outcome is worth here, and why: raw → standard, with every check that was made. */
export interface WorthDecision {
  isAllowed: boolean;
  policyVersion: string;
  item: string | null;
  rawCenti: number | null;
  /** Hundredths before any cap. */
  askedCenti: number;
  /** Hundredths that come in. */
  centi: number;
  creditType: string;
  level: string | null;
  validUntil: string | null;
  isAssessed: boolean;
  checks: WorthCheck[];
}

/** The item a case names under these rules, or null. */
export function itemOf(rules: RecognitionRules, content: Pick<OutcomeContent, 'item'>): CatalogueItem | null {
  return rules.catalogue.find(({ code }) => code === content.item) ?? null;
}

/** The rate for an outcome of this class as credit of this type, if the rules have one. */
export function rateFor(
  rules: RecognitionRules,
  { outcomeClass }: Pick<OutcomeContent, 'outcomeClass'>,
  creditType: string | null | undefined,
): RawRate | undefined {
  return rules.rawCredit.find((each) => each.outcomeClass === outcomeClass && each.creditType === creditType);
}

/** What the paper says in the unit of the rate, hundredths of a credit or of an hour; null where it does not say. */
export function rawAmount(
  { of }: RawRate,
  { rawCenti, rawHoursCenti }: Pick<OutcomeContent, 'rawCenti' | 'rawHoursCenti'>,
): number | null {
  return of === 'hours' ? rawHoursCenti : rawCenti;
}

/**
 * Decides what an outcome is worth. Makes every check it can and tells them all, with limit, used and left; what a cap
 * cuts off is the difference of `askedCenti` and `centi`. Pure: the same question has the same answer later.
 */
export function decideWorth(question: WorthQuestion): WorthDecision {
  const { content, pack, today } = question;
  const rules = rulesOf(pack);
  const item = itemOf(rules, content);
  const checks: WorthCheck[] = content.item === null ? [] : checkItem(content, item, question.reviewed);
  const value = item ? valueOfItem(item) : valueByReview(question, rules, checks);
  checks.push(levelCheck(pack, value.level));
  const years = item?.validityYears ?? creditTypeOf(pack, value.creditType)?.validityYears ?? null;
  const validUntil = years === null ? null : addYears(content.obtainedOn, years);
  checks.push(validityCheck(content.obtainedOn, validUntil, today));
  const facts = toFacts(content, { ...value, policy: pack, postedOn: today });
  checks.push(...titleChecks(question));
  let { centi } = value;
  for (const cap of pack.caps) {
    const check = capCheck(cap, centi, question, facts);
    if (!check) continue;
    checks.push(check.check);
    centi = check.centi;
  }
  return {
    isAllowed: checks.every(({ isPassed }) => isPassed),
    policyVersion: policyVersion(pack),
    item: item?.code ?? null,
    rawCenti: content.rawCenti,
    askedCenti: value.centi,
    centi,
    creditType: value.creditType,
    level: value.level,
    validUntil,
    isAssessed: value.isAssessed,
    checks,
  };
}

/** Refuses with every check that was not passed; the first gives its code. */
export function requireWorth({ checks }: WorthDecision): void {
  requireNone(objectionsOf(checks));
}

/** How the pack recognises. Refuses with `recognition-not-offered`. */
export function rulesOf(pack: PolicyPack): RecognitionRules {
  if (!pack.recognition) throw new Refusal('recognition-not-offered');
  return pack.recognition;
}

interface Value {
  creditType: string;
  centi: number;
  level: string | null;
  isAssessed: boolean;
}

function valueOfItem({ creditType, standardCenti, level, isAssessed }: CatalogueItem): Value {
  return { creditType, centi: standardCenti, level, isAssessed };
}

/** Outside the catalogue: what the reviewers say, or the rate of the rules for the raw credit on the paper. */
function valueByReview(
  { content, reviewed, pack }: WorthQuestion,
  rules: RecognitionRules,
  checks: WorthCheck[],
): Value {
  const creditType = reviewed?.creditType ?? '';
  const rate = rateFor(rules, content, creditType);
  const raw = rate ? rawAmount(rate, content) : content.rawCenti;
  const byRate = rate && raw !== null ? Math.floor((raw * rate.to) / rate.from) : null;
  const centi = reviewed?.centi ?? byRate ?? 0;
  const facts: RefusalDetails = {
    creditType,
    raw: raw === null ? null : formatCredit(raw),
    rate: rate ? `${rate.from}${rate.of === 'hours' ? ' h' : ''}:${rate.to}` : null,
    limit: rules.mostCenti === null ? null : formatCredit(rules.mostCenti),
    asked: formatCredit(centi),
  };
  const code: RefusalCode | null =
    creditType !== '' && !creditTypeOf(pack, creditType)
      ? 'credit-type-unknown'
      : creditType === '' || centi === 0
        ? 'recognition-worth-missing'
        : rules.mostCenti !== null && centi > rules.mostCenti
          ? 'recognition-worth-too-high'
          : null;
  checks.push({ check: 'worth', isPassed: code === null, code, facts });
  return { creditType, centi, level: reviewed?.level ?? null, isAssessed: reviewed?.isAssessed ?? false };
}

function levelCheck({ levelSchemes }: PolicyPack, level: string | null): WorthCheck {
  const isPassed = level === null || levelRank(levelSchemes, level) !== null;
  return { check: 'level', isPassed, code: isPassed ? null : 'level-unknown', facts: { level } };
}

function validityCheck(obtainedOn: string, validUntil: string | null, today: string): WorthCheck {
  const code: RefusalCode | null =
    obtainedOn > today
      ? 'outcome-not-yet-obtained'
      : validUntil !== null && validUntil < today
        ? 'outcome-expired'
        : null;
  return { check: 'validity', isPassed: code === null, code, facts: { obtainedOn, validUntil } };
}

/**
 * Whether the learner holds credit for something of the same title, where the pack refuses that (DOMAIN, duplicate
 * courses). Hours attended add up and unformatted outcomes have no title of their own: neither is the same as anything.
 */
export function titleChecks({
  content,
  pack,
  earlier,
  passed = [],
}: Pick<WorthQuestion, 'content' | 'pack' | 'earlier' | 'passed'>): WorthCheck[] {
  const { titleRules } = pack;
  if (titleRules.whenDuplicate !== 'refuse' || content.outcomeClass === 'unformatted') return [];
  const named = earlier.filter(({ outcomeClass }) => outcomeClass !== 'activity' && outcomeClass !== 'unformatted');
  const same = refusedDuplicate<{ title: string; entryId?: string }>(titleRules, content.title, [...passed, ...named]);
  const facts = { outcomeTitle: same?.title ?? content.title, entryId: same?.entryId ?? null };
  return [{ check: 'title', isPassed: !same, code: same ? 'outcome-duplicates-held' : null, facts }];
}

/** A cap that speaks of the outcome: passed whole, cut to what is left, or refused. */
function capCheck(
  cap: Cap,
  centi: number,
  { pack, earlier }: WorthQuestion,
  facts: OutcomeFacts,
): { check: WorthCheck; centi: number } | null {
  const use = capUse(cap, pack, earlier, facts);
  // Study time is never brought in by recognition.
  if (!use || cap.limit.unit === 'second') return null;
  const isCount = cap.limit.unit === 'count';
  const asked = isCount ? 1 : centi;
  const counted = cap.whenOver === 'cut' ? Math.min(asked, use.left) : asked;
  const isPassed = counted <= use.left && counted > 0;
  const text = (amount: number) => (isCount ? String(amount) : formatCredit(amount));
  return {
    centi: isCount || !isPassed ? centi : counted,
    check: {
      check: 'cap',
      isPassed,
      code: isPassed ? null : 'recognition-cap-reached',
      facts: {
        cap: cap.code,
        nameZh: cap.name.zh,
        nameEn: cap.name.en,
        unit: isCount ? 'outcomes' : 'credit',
        unitZh: isCount ? '项' : '学分',
        limit: text(cap.limit.amount),
        used: text(use.used),
        left: text(use.left),
        asked: text(asked),
        counted: text(isPassed ? counted : 0),
      },
    },
  };
}

/** A recognised outcome as rules ask about it. */
export function toFacts(
  content: OutcomeContent,
  given: Pick<Value, 'creditType' | 'level' | 'isAssessed'> & { policy: PolicyPack | null; postedOn: string },
): OutcomeFacts {
  return {
    origin: 'recognition',
    outcomeClass: content.outcomeClass,
    creditType: given.creditType,
    activityType: null,
    item: content.item,
    title: content.title,
    provider: issuerName(given.policy, content.issuer),
    level: given.level,
    isAssessed: given.isAssessed,
    grade: content.grade,
    startsOn: content.obtainedOn,
    endsOn: content.obtainedOn,
    postedOn: given.postedOn,
  };
}
