import { formatCredit } from '../../kernel/credit.js';
import type { PostingDraft } from '../../ledger/domain/entry.js';
import { drawLots, usableCenti, type Draw, type Lot } from '../../ledger/domain/lots.js';
import type { Programme } from '../../policy/domain/programmes.js';

/** One requirement: how much there is, how much is asked, what is missing. Hundredths. */
export interface RequirementProgress {
  creditType: string;
  haveCenti: number;
  needCenti: number;
  missingCenti: number;
  /** Lots that count towards it, soonest to expire first. */
  counting: { lot: number; amountCenti: number }[];
}

/** The amounts a programme asks for. */
export type AskedCredit = Pick<Programme, 'totalCenti' | 'requirements'>;

/** Where a learner stands with a programme. */
export interface ProgrammeProgress {
  isMet: boolean;
  requirements: RequirementProgress[];
  total: { haveCenti: number; needCenti: number; missingCenti: number };
}

/**
 * "Have, need, what counts" of a programme. Only available credit counts: what is held, awarded or expired is spoken
 * for, so one outcome can never serve two awards.
 */
export function evaluateProgramme(programme: AskedCredit, lots: Lot[], today: string): ProgrammeProgress {
  const requirements = programme.requirements.map(({ creditType, minimumCenti }) => {
    const haveCenti = usableCenti(lots, creditType, today);
    return {
      creditType,
      haveCenti,
      needCenti: minimumCenti,
      missingCenti: Math.max(0, minimumCenti - haveCenti),
      counting: drawLots(lots, creditType, haveCenti, today) ?? [],
    };
  });
  const haveCenti = requirements.reduce((sum, requirement) => sum + requirement.haveCenti, 0);
  const total = {
    haveCenti,
    needCenti: programme.totalCenti,
    missingCenti: Math.max(0, programme.totalCenti - haveCenti),
  };
  const isMet = total.missingCenti === 0 && requirements.every(({ missingCenti }) => missingCenti === 0);
  return { isMet, requirements, total };
}

/** What is missing, in words that can stand in a sentence: `vocational 0.30, total 0.10`. */
export function missingInWords({ requirements, total }: ProgrammeProgress): string {
  const parts = requirements
    .filter(({ missingCenti }) => missingCenti > 0)
    .map(({ creditType, missingCenti }) => `${creditType} ${formatCredit(missingCenti)}`);
  if (total.missingCenti > 0) parts.push(`total ${formatCredit(total.missingCenti)}`);
  return parts.join(', ');
}

/** Credit that an award takes, by lot. */
export type AwardDraw = Draw & { creditType: string };

/**
 * The lots an award takes: each requirement's minimum, then, up to the total, what is left of the types in the order
 * the programme names them. Never more than the programme asks for: the rest stays the learner's. Null when not met.
 */
export function drawAward(programme: AskedCredit, lots: Lot[], today: string): AwardDraw[] | null {
  const progress = evaluateProgramme(programme, lots, today);
  if (!progress.isMet) return null;
  let extraCenti =
    programme.totalCenti - programme.requirements.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
  return progress.requirements.flatMap(({ creditType, haveCenti, needCenti }) => {
    const extra = Math.min(extraCenti, haveCenti - needCenti);
    extraCenti -= extra;
    return (drawLots(lots, creditType, needCenti + extra, today) ?? []).map((draw) => ({ ...draw, creditType }));
  });
}

/** The drawn lots move to `awarded`: irrevocably debited until the award is revoked. */
export function awardPostings(draws: AwardDraw[]): PostingDraft[] {
  return draws.map(({ lot, amountCenti, creditType }) => ({
    source: 'available',
    destination: 'awarded',
    creditType,
    amount: amountCenti,
    lot,
  }));
}
