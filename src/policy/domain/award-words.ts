import { formatCredit } from '../../kernel/credit.js';
import { levelName, patternPhrases, programmeLimitWords } from './outcome-words.js';
import { CATEGORIES, creditTypeName } from './pack-words.js';
import type { Bucket } from './buckets.js';
import type { PolicyPack } from './policy-pack.js';
import type { AttemptPolicy, Programme, ProgrammeItem } from './programmes.js';
import type { Named } from './schema-parts.js';

const ATTEMPTS: Record<AttemptPolicy, Named> = {
  best: { zh: '同一课程多次修读计成绩最好的一次', en: 'of several attempts at one course the best counts' },
  latest: { zh: '同一课程多次修读计最近一次', en: 'of several attempts at one course the latest counts' },
  first: { zh: '同一课程多次修读计第一次', en: 'of several attempts at one course the first counts' },
};

/** Everything an award asks for, one sentence each. */
export function awardWords(pack: PolicyPack, programme: Programme): Named[] {
  const { title, category, totalCenti, requiredCenti, recencyYears, minimumOverlapPercent } = programme;
  return [
    {
      zh: `《${title.zh}》共需 ${formatCredit(totalCenti)} 学分`,
      en: `"${title.en}" asks for ${formatCredit(totalCenti)} credit`,
    },
    { zh: `${CATEGORIES[category].zh}类`, en: `category: ${CATEGORIES[category].en}` },
    ...programme.buckets.map((bucket) => bucketWords(pack, bucket, programme.buckets)),
    ...(requiredCenti === totalCenti
      ? []
      : [
          {
            zh: `必修 ${formatCredit(requiredCenti)} 学分`,
            en: `${formatCredit(requiredCenti)} credit is compulsory`,
          },
        ]),
    ...programme.items.map((item) => itemWords(pack, item)),
    ...(programme.level === null ? [] : [levelWords(pack, programme.level)]),
    ...programme.caps.map((cap) => programmeLimitWords(pack, cap, 'most')),
    ...programme.floors.map((floor) => programmeLimitWords(pack, floor, 'least')),
    ATTEMPTS[programme.attempts],
    ...(recencyYears === null
      ? []
      : [{ zh: `只算近 ${recencyYears} 年内的学习`, en: `only learning of the last ${recencyYears} years` }]),
    ...(minimumOverlapPercent === null
      ? []
      : [
          {
            zh: `替代课程的内容至少重合 ${minimumOverlapPercent}%`,
            en: `what stands in for a course overlaps it by ${minimumOverlapPercent}% or more`,
          },
        ]),
  ];
}

function bucketWords(pack: PolicyPack, bucket: Bucket, buckets: Bucket[]): Named {
  const { name, accepts, minimumCenti, maximumCenti } = bucket;
  const overflow = buckets.find(({ code }) => code === bucket.overflowTo)?.name;
  const least = formatCredit(minimumCenti);
  const amounts: Named[] = [
    ...(minimumCenti > 0 ? [{ zh: `至少 ${least}`, en: `at least ${least}` }] : []),
    ...(maximumCenti === null
      ? []
      : [{ zh: `最多计 ${formatCredit(maximumCenti)}`, en: `at most ${formatCredit(maximumCenti)}` }]),
  ];
  const phrases: Named[] = [
    ...(amounts.length > 0 ? amounts : [{ zh: '不限多少', en: 'any amount' }]),
    ...patternPhrases(pack, accepts),
    ...(overflow
      ? [{ zh: `用不完的可计入${overflow.zh}`, en: `what it does not need may count as ${overflow.en}` }]
      : []),
  ];
  return {
    zh: `其中${name.zh}${phrases.map(({ zh }) => zh).join('，')}`,
    en: `${name.en}: ${phrases.map(({ en }) => en).join(', ')}`,
  };
}

function itemWords(pack: PolicyPack, item: ProgrammeItem): Named {
  const type = creditTypeName(pack, item.creditType);
  const credit = formatCredit(item.centi);
  const level = item.level === null ? { zh: '', en: '' } : levelWords(pack, item.level);
  const [levelZh, levelEn] = [level.zh && `，${level.zh}`, level.en && `, ${level.en}`];
  return {
    zh: `${item.isRequired ? '必修' : '选修'}《${item.title.zh}》（${item.code}）：${credit} ${type.zh}${levelZh}${item.isExemptible ? '' : '，不可免修'}`,
    en: `${item.isRequired ? 'required' : 'elective'} "${item.title.en}": ${credit} ${type.en}${levelEn}${item.isExemptible ? '' : ', nothing of elsewhere may stand in for it'}`,
  };
}

function levelWords(pack: PolicyPack, code: string): Named {
  const name = levelName(pack, code);
  return { zh: `等级：${name.zh}`, en: `level: ${name.en}` };
}
