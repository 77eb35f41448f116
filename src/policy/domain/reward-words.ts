import { patternWords } from './outcome-words.js';
import { studyTime } from './pack-words.js';
import type { PolicyPack } from './policy-pack.js';
import type { OutcomePattern } from './outcome-pattern.js';
import type { Benefit, HonourLadder, PointTariff } from './rewards.js';
import type { Named } from './schema-parts.js';

/** Titles for hours of study. */
export function ladderWords(pack: PolicyPack, { steps, only }: HonourLadder): Named[] {
  return [
    ...steps.map(({ seconds, title }) => ({
      zh: `累计满 ${studyTime(seconds).zh}：${title.zh}`,
      en: `from ${studyTime(seconds).en}: ${title.en}`,
    })),
    ...onlyWords(pack, only),
  ];
}

/** Points for study time. */
export function pointWords(pack: PolicyPack, { seconds, points, mostPerDay, only }: PointTariff): Named[] {
  return [
    {
      zh: `每次每满 ${studyTime(seconds).zh}得 ${points} 积分`,
      en: `${points} ${points === 1 ? 'point' : 'points'} for every full ${studyTime(seconds).en} of a visit`,
    },
    ...(mostPerDay === null
      ? []
      : [{ zh: `每人每天最多 ${mostPerDay} 积分`, en: `at most ${mostPerDay} points a day` }]),
    ...onlyWords(pack, only),
    { zh: '积分不是学分', en: 'points are never credit' },
  ];
}

/** What a balance opens. */
export function benefitWords({ reads, atLeast }: Benefit): Named[] {
  return [
    reads === 'points'
      ? { zh: `积分达到 ${atLeast} 即可享受，不扣减`, en: `from ${atLeast} points on; nothing is spent` }
      : { zh: `累计达到 ${atLeast} 小时即可享受`, en: `from ${atLeast} hours of study on` },
  ];
}

function onlyWords(pack: PolicyPack, pattern: OutcomePattern): Named[] {
  const words = patternWords(pack, pattern);
  return words ? [words] : [];
}
