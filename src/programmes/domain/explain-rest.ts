import { formatCredit } from '../../kernel/credit.js';
import { programmeLimitAmount } from '../../policy/domain/programme-limits.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { CountableLot, NotCounting, NotCountingReason } from './countable-lots.js';
import type { CountedPart } from './gather-supplies.js';
import type { ProgrammeRules } from '../../policy/domain/programme-items.js';
import { countsOutcomes, traitsOf, type Traits } from './programme-traits.js';

/** What a cap has counted, by group: hundredths, or outcomes. */
export interface CapUse {
  code: string;
  name: Named;
  unit: 'centi' | 'count';
  /** Which provider, type or item it counts here; empty where it counts all together. */
  group: string;
  used: number;
  limit: number;
  left: number;
}

/** How full every cap is, and which cap or bucket keeps the rest of a lot from counting. */
export function explainRest(
  rules: ProgrammeRules,
  programme: Programme,
  countable: CountableLot[],
  parts: CountedPart[],
): { caps: CapUse[]; notCounting: NotCounting[] } {
  const traits = new Map(countable.map((lot) => [lot, traitsOf(rules, programme, lot.facts)]));
  const caps = programme.caps.flatMap((cap, index) => {
    const limit = programmeLimitAmount(programme, cap.limit);
    const groups = new Set([...traits.values()].flatMap(({ caps: of }) => of[index] ?? []));
    return [...groups].map((group): CapUse => {
      const some = parts.filter(({ lot }) => traits.get(lot)!.caps[index] === group);
      const used = countsOutcomes(cap)
        ? new Set(some.map(({ lot }) => lot.lot.version)).size
        : some.reduce((sum, { amountCenti }) => sum + amountCenti, 0);
      const unit = countsOutcomes(cap) ? 'count' : 'centi';
      return { code: cap.code, name: cap.name, unit, group, used, limit, left: limit - used };
    });
  });
  const counted = new Map<CountableLot, number>();
  for (const { lot, amountCenti } of parts) counted.set(lot, (counted.get(lot) ?? 0) + amountCenti);
  const inBucket = (code: string) =>
    parts.reduce((sum, { bucket, amountCenti }) => (bucket === code ? sum + amountCenti : sum), 0);
  const isFull = (code: string) => {
    const { maximumCenti } = programme.buckets.find((bucket) => bucket.code === code)!;
    return maximumCenti !== null && inBucket(code) >= maximumCenti;
  };
  const notCounting = countable.flatMap((lot): NotCounting[] => {
    const amountCenti = lot.amountCenti - (counted.get(lot) ?? 0);
    if (amountCenti === 0) return [];
    const { reason, why } = whyNot(programme, traits.get(lot)!, caps, isFull);
    return [{ lot: lot.lot.lot, title: lot.facts.title, amountCenti, reason, why }];
  });
  return { caps, notCounting };
}

function whyNot(
  programme: Programme,
  { buckets, caps }: Traits,
  uses: CapUse[],
  isFull: (bucket: string) => boolean,
): { reason: NotCountingReason; why: Named } {
  if (buckets.length === 0)
    return { reason: 'no-bucket', why: { zh: '没有类别接收这种学习成果', en: 'no bucket accepts this learning' } };
  const open = buckets.filter(({ code }) => !isFull(code));
  const full = programme.buckets.filter(({ code }) => buckets.some((bucket) => bucket.code === code));
  if (open.length === 0)
    return {
      reason: 'bucket-full',
      why: {
        zh: `类别已满：${full.map(({ name, maximumCenti }) => `${name.zh} ${formatCredit(maximumCenti ?? 0)}`).join('、')}`,
        en: `full: ${full.map(({ name, maximumCenti }) => `${name.en} ${formatCredit(maximumCenti ?? 0)}`).join(', ')}`,
      },
    };
  const speaking = uses.filter(({ code, group }) => {
    const index = programme.caps.findIndex((cap) => cap.code === code);
    return caps[index] === group;
  });
  const [cap] = [...speaking].sort((a, b) => a.left - b.left);
  if (!cap) throw new Error('A lot does not count although a bucket has room and no cap speaks of it');
  const limit = cap.unit === 'count' ? `${cap.limit}` : formatCredit(cap.limit);
  return {
    reason: 'cap-reached',
    why: {
      zh: `上限“${cap.name.zh}”${limit} 已用完${cap.group === '' ? '' : `（${cap.group}）`}`,
      en: `the cap "${cap.name.en}" of ${limit} is used up${cap.group === '' ? '' : ` (${cap.group})`}`,
    },
  };
}
