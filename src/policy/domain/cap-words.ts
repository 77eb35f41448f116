import type { Cap, ShortCap } from './caps.js';
import { capWords, limitAmountWords } from './outcome-words.js';
import type { PolicyPack } from './policy-pack.js';
import type { Named, WhenOver } from './schema-parts.js';

const SHORT: Record<ShortCap, Named> = {
  visit: { zh: '每次最多计', en: 'at most per visit:' },
  'visits-per-day': { zh: '每天最多计', en: 'at most a day:' },
  course: { zh: '每门课程累计最多计', en: 'at most per course:' },
  day: { zh: '每人每天最多计', en: 'at most per person and day:' },
};

const BEYOND: Record<WhenOver, Named> = {
  cut: { zh: '，超出部分不计', en: ', the rest is cut off' },
  refuse: { zh: '，超出则整次不计', en: ', a visit beyond it is refused' },
};

/** A cap in one sentence, where an activity tells its own: how much, in which period, and what happens over it. */
export function capSentence(pack: PolicyPack, cap: Cap): Named {
  if (!cap.short) {
    const words = capWords(pack, cap);
    return { zh: words.map(({ zh }) => zh).join('，'), en: words.map(({ en }) => en).join(', ') };
  }
  const what = SHORT[cap.short];
  const { unit, amount } = cap.limit;
  if (unit === 'count') return { zh: `${what.zh} ${amount} 次`, en: `${what.en} ${amount}` };
  const [limit, beyond] = [limitAmountWords(cap.limit), BEYOND[cap.whenOver]];
  return { zh: `${what.zh} ${limit.zh}${beyond.zh}`, en: `${what.en} ${limit.en}${beyond.en}` };
}
