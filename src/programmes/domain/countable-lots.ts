import { addYears } from '../../kernel/clock.js';
import { formatCredit } from '../../kernel/credit.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import { availableOf, isExpired, type Lot } from '../../ledger/domain/lots.js';
import { ATTEMPT_WORDS, chooseAttempts } from '../../policy/domain/attempts.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { isBarredFrom, type ProgrammeRules } from '../../policy/domain/programme-items.js';
import { UsedAttempts } from './used-attempts.js';

/** A lot that may count, with the learning behind it. */
export interface CountableLot {
  lot: Lot;
  facts: OutcomeFacts;
  /** Hundredths that are usable. */
  amountCenti: number;
}

/** Why credit of a lot does not count. */
export const NOT_COUNTING = [
  'spoken-for',
  'expired',
  'too-old',
  'leisure',
  'other-attempt',
  'no-bucket',
  'bucket-full',
  'cap-reached',
] as const;
/** Why a lot does not count towards a programme. */
export type NotCountingReason = (typeof NOT_COUNTING)[number];

/** Credit of a lot that does not count, and why not, in a sentence. */
export interface NotCounting {
  lot: number;
  title: string;
  amountCenti: number;
  reason: NotCountingReason;
  why: Named;
}

/** Lots that may count towards a programme, and the others with their reason. */
export interface CountableLots {
  countable: CountableLot[];
  notCounting: NotCounting[];
}

/**
 * Leaves out what can never count: credit that is held, awarded, converted or expired, that is older than the programme
 * accepts, that is or began as leisure credit where the programme is a degree, or that another attempt at the same thing stands for, also one that was converted. Soonest to expire first,
 * then oldest. Throws when `sources` has nothing for a lot.
 */
export function countableLots(
  programme: Pick<Programme, 'attempts' | 'recencyYears' | 'category'>,
  rules: ProgrammeRules,
  lots: Lot[],
  sources: Map<number, OutcomeFacts>,
  today: string,
): CountableLots {
  const notCounting: NotCounting[] = [];
  const usable: CountableLot[] = [];
  const used = new UsedAttempts(rules.titleRules, lots, sources);
  const notBefore = programme.recencyYears === null ? null : addYears(today, -programme.recencyYears);
  for (const lot of lots) {
    const facts = sources.get(lot.lot);
    if (!facts) throw new Error(`Nobody says what was learnt for lot ${lot.lot}`);
    const amountCenti = availableOf(lot);
    const leaveOut = (reason: NotCountingReason, why: Named) => {
      const amount = reason === 'spoken-for' ? lot.recognised : amountCenti;
      if (amount > 0) notCounting.push({ lot: lot.lot, title: facts.title, amountCenti: amount, reason, why });
    };
    if (amountCenti <= 0) leaveOut('spoken-for', whereItIs(lot));
    else if (isExpired(lot, today))
      leaveOut('expired', { zh: `已于 ${lot.validUntil} 到期`, en: `it was valid until ${lot.validUntil}` });
    else if (notBefore !== null && facts.endsOn < notBefore)
      leaveOut('too-old', {
        zh: `取得于 ${facts.endsOn}，本项目只计 ${notBefore} 以后取得的学分`,
        en: `earned on ${facts.endsOn}; only credit earned from ${notBefore} on counts`,
      });
    else if (isBarredFrom(programme, rules, facts))
      leaveOut('leisure', {
        zh: '来源为文化休闲学分，不计入学历项目',
        en: 'it is or began as culture and leisure credit, which counts towards no degree',
      });
    else if (used.standsFor(lot, facts))
      leaveOut('other-attempt', {
        zh: '同一门课程的另一次成果已转换或冻结，只计一次',
        en: 'another outcome of the same course was converted or is held; the course counts once',
      });
    else usable.push({ lot, facts, amountCenti });
  }
  const attempts = usable.map((each) => ({ ...each, outcome: each.lot.version, lot: each.lot.lot, own: each }));
  const { counted, replaced } = chooseAttempts(programme.attempts, rules.titleRules, attempts);
  for (const {
    of: { own: of },
    by: { own: by },
  } of replaced)
    notCounting.push({
      lot: of.lot.lot,
      title: of.facts.title,
      amountCenti: of.amountCenti,
      reason: 'other-attempt',
      why: {
        zh: `与批次 ${by.lot.lot}《${by.facts.title}》是同一门课程，只计一次（${ATTEMPT_WORDS[programme.attempts].zh}）`,
        en: `the same course as lot ${by.lot.lot} "${by.facts.title}", which counts once (${ATTEMPT_WORDS[programme.attempts].en})`,
      },
    });
  return { countable: counted.map(({ own }) => own).sort((a, b) => bySoonest(a.lot, b.lot)), notCounting };
}

const PLACES: Record<string, Named> = {
  held: { zh: '冻结', en: 'held' },
  awarded: { zh: '用于证书', en: 'used for an award' },
  converted: { zh: '转出', en: 'converted' },
  expired: { zh: '过期注销', en: 'written off as expired' },
};

function whereItIs({ buckets }: Lot): Named {
  const parts = Object.entries(buckets)
    .filter(([, amount]) => amount > 0)
    .map(([bucket, amount]) => ({ words: PLACES[bucket] ?? { zh: bucket, en: bucket }, credit: formatCredit(amount) }));
  return {
    zh: `已${parts.map(({ words, credit }) => `${words.zh} ${credit}`).join('、')}`,
    en: parts.map(({ words, credit }) => `${credit} ${words.en}`).join(', '),
  };
}

/** Lots in the order in which they are used: soonest to expire first, then oldest. */
export function bySoonest(a: Lot, b: Lot): number {
  const [ends, other] = [a.validUntil ?? '9999-99-99', b.validUntil ?? '9999-99-99'];
  return ends === other ? a.lot - b.lot : ends < other ? -1 : 1;
}
