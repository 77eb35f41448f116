import { formatCredit } from '../../kernel/credit.js';
import { isKeptTime } from '../../kernel/study-time.js';
import type { Posting } from '../../ledger/domain/entry.js';
import { activityTypeOf, creditTypeOf, tariffOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import { conversionWords } from '../../policy/domain/conversion-words.js';
import { type Named } from '../../policy/domain/schema-parts.js';
import { type Tariff } from '../../policy/domain/tariffs.js';
import { awardWords } from '../../policy/domain/award-words.js';
import { activityWords, tariffWords } from '../../policy/domain/rule-words.js';
import { studyTime } from '../../policy/domain/pack-words.js';
import type { EntryStory } from './read-entry-story.service.js';

/** What was cut off, as its entry keeps it. */
interface Cut {
  cap: string;
  limitSeconds?: number;
  usedSeconds?: number;
  limitCredit?: string;
  usedCredit?: string;
  worthPercent?: number;
  cutSeconds: number;
  cutCredit?: string;
}

const CAPS: Record<string, Named> = {
  visit: { zh: '每次上限', en: 'the limit per visit' },
  course: { zh: '课程上限', en: 'the limit of the course' },
  day: { zh: '每日上限', en: 'the daily limit' },
};

type Story = Pick<EntryStory, 'entry' | 'root' | 'session' | 'course' | 'pack' | 'checks'>;

/** The rules that decided an entry, one sentence each; none where no rule did. */
export function ruleWords({ root, session, course, pack }: Omit<Story, 'checks'>): Named[] {
  if (!pack) return [];
  const taught = session ?? course;
  const activity = taught ? activityTypeOf(pack, taught.activityType) : undefined;
  if (activity) {
    const tariff = tariffBehind({ session, course, pack });
    return [activity.name, ...(tariff ? [tariffWords(pack, tariff)] : []), ...activityWords(pack, activity)];
  }
  const item = recognisedItem(root.detail);
  const recognised = pack.recognition?.catalogue.find(({ code }) => root.kind === 'recognition' && code === item);
  if (recognised) return [recognised.name];
  const conversion = pack.conversionRules.find(
    ({ code }) => ['conversion', 'hold', 'release'].includes(root.kind) && code === root.subject,
  );
  if (conversion) return conversionWords(pack, conversion);
  const code = (root.detail as { programme?: string } | null)?.programme;
  const programme = pack.programmes.find((candidate) => root.kind === 'award' && candidate.code === code);
  return programme ? awardWords(pack, programme) : [];
}

function recognisedItem(detail: unknown): string | null {
  return (detail as { recognition?: { item: string | null } } | null)?.recognition?.item ?? null;
}

function tariffBehind({ session, course, pack }: Pick<Story, 'session' | 'course' | 'pack'>): Tariff | null {
  const taught = session ?? course;
  if (!taught || !pack) return null;
  const activity = activityTypeOf(pack, taught.activityType);
  const creditType = creditTypeOf(pack, taught.creditType);
  return activity && creditType ? tariffOf(pack, activity, creditType) : null;
}

/**
 * How the numbers of an entry came about, step by step, from its own postings: what was submitted, what a cap cut off,
 * what was left from before, what became credit, what is left now; of a recognition, raw and standard credit; of a
 * conversion, what each of its checks compared. Empty for entries that have neither.
 */
export function calculationWords(story: Story): Named[] {
  const { entry } = story;
  if (entry.kind === 'recognition') return recognitionWords(entry.detail);
  if (story.checks.length > 0) return story.checks;
  const attended = entry.postings.find(({ source }) => source === 'attended');
  if (entry.kind === 'merge') return mergeWords(entry.postings);
  const gathered = entry.postings.find(({ destination, unit }) => unit === 'second' && destination.startsWith('time'));
  const passed = entry.postings.find(
    ({ source, destination }) => source.startsWith('pending/') && destination === 'accrued',
  );
  if (entry.kind === 'reversal' || (!attended && !gathered && !passed)) return [];
  const cuts = cutsOf(entry.detail);
  if (passed) return passedWords(passed, story, cuts);
  return [
    ...(attended ? attendedWords(attended, cuts, story.pack) : cuts.map((cut) => cutWords(cut, story.pack))),
    ...(gathered ? gatheredWords(gathered, story) : [PENDING]),
  ];
}

/** What a merge moved, and what it completed; every single lot stands in the postings below. */
function mergeWords(postings: Posting[]): Named[] {
  const sum = (some: (posting: Posting) => boolean) =>
    postings.reduce((total, posting) => (some(posting) ? total + posting.amount : total), 0);
  const moved = (account: string) => ({
    into: sum(({ source }) => source === account),
    out: sum(({ destination }) => destination === account),
  });
  const [credit, time] = [moved('merged'), moved('merged-time')];
  const accruedSeconds = sum(({ destination }) => destination === 'accrued');
  const earned = formatCredit(sum(({ source }) => source === 'issued'));
  const lines: [number, (text: string) => Named, string][] = [
    [credit.into, (text) => ({ zh: `并入 ${text} 学分`, en: `${text} credit came in` }), formatCredit(credit.into)],
    [credit.out, (text) => ({ zh: `转出 ${text} 学分`, en: `${text} credit went out` }), formatCredit(credit.out)],
    [time.into, (text) => ({ zh: `并入学时 ${text} 秒`, en: `${text} s of study time came in` }), String(time.into)],
    [time.out, (text) => ({ zh: `转出学时 ${text} 秒`, en: `${text} s of study time went out` }), String(time.out)],
    [
      accruedSeconds,
      (text) => ({ zh: `其中满一步的 ${text}`, en: `of it, with what waited before, ${text}` }),
      `${accruedSeconds} s → ${earned}`,
    ],
  ];
  return lines.flatMap(([amount, words, text]) => (amount > 0 ? [words(text)] : []));
}

/** From what the paper says to what was recognised, as the entry keeps it. */
function recognitionWords(detail: unknown): Named[] {
  const kept = (detail as { recognition?: Record<'item' | 'raw' | 'asked' | 'standard', string | null> } | null)
    ?.recognition;
  if (!kept) return [];
  const { item, raw, asked, standard } = kept;
  const words: Named[] = [];
  if (raw !== null) words.push({ zh: `证书所载原始学分 ${raw}`, en: `raw credit on the paper: ${raw}` });
  words.push(
    item === null
      ? { zh: `经审核认定标准学分 ${asked}`, en: `standard credit by review: ${asked}` }
      : { zh: `成果目录 ${item}：标准学分 ${asked}`, en: `catalogue item ${item}: standard credit ${asked}` },
  );
  if (asked !== standard) words.push({ zh: `按上限计 ${standard}`, en: `cut to ${standard} by a cap` });
  return words;
}

const PENDING: Named = {
  zh: '这门课程要通过结业考核：学时先记入“待结业”，登记结业后才折算学分。',
  en: 'This course must be passed: the time waits until the provider records that it was.',
};

function cutsOf(detail: unknown): Cut[] {
  return (detail as { cuts?: Cut[] } | null)?.cuts ?? [];
}

/** A course whose waiting time was settled at once: what was attended, what caps cut off, what it is worth. */
function passedWords({ amount }: Posting, { entry, pack }: Story, cuts: Cut[]): Named[] {
  const earned = entry.postings.find(({ source }) => source === 'issued');
  const time = studyTime(amount);
  const credit = formatCredit(earned?.amount ?? 0);
  return [
    { zh: `待结业学时 ${time.zh}（${amount} 秒）结清`, en: `${time.en} (${amount} s) that waited are settled` },
    ...cuts.map((cut) => cutWords(cut, pack)),
    { zh: `结业计 ${credit} 学分`, en: `${credit} credit for the passed course` },
  ];
}

function attendedWords({ amount }: Posting, cuts: Cut[], pack: PolicyPack | null): Named[] {
  const submitted = amount + cuts.reduce((sum, { cutSeconds }) => sum + cutSeconds, 0);
  const [given, counted] = [studyTime(submitted), studyTime(amount)];
  return [
    { zh: `办学机构提交 ${given.zh}`, en: `submitted by the provider: ${given.en}` },
    ...cuts.map((cut) => cutWords(cut, pack)),
    { zh: `计入 ${counted.zh}（${amount} 秒）`, en: `accepted: ${counted.en} (${amount} s)` },
  ];
}

function cutWords(cut: Cut, pack: PolicyPack | null): Named {
  const off = cut.cutCredit === undefined ? studyTime(cut.cutSeconds) : creditWords(cut.cutCredit);
  if (cut.worthPercent !== undefined) {
    return {
      zh: `此类出勤依据按 ${cut.worthPercent}% 计，减去 ${off.zh}`,
      en: `this evidence counts ${cut.worthPercent}%: ${off.en} taken off`,
    };
  }
  const name = CAPS[cut.cap] ?? pack?.caps.find(({ code }) => code === cut.cap)?.name ?? { zh: cut.cap, en: cut.cap };
  const { limitCredit, usedCredit = '0.00', limitSeconds = 0, usedSeconds = 0 } = cut;
  const limit = limitCredit === undefined ? studyTime(limitSeconds) : creditWords(limitCredit);
  const used = limitCredit === undefined ? studyTime(usedSeconds) : creditWords(usedCredit);
  const before =
    usedSeconds > 0 || usedCredit !== '0.00'
      ? { zh: `，此前已计 ${used.zh}`, en: `, ${used.en} counted before` }
      : { zh: '', en: '' };
  return {
    zh: `${name.zh} ${limit.zh}${before.zh}，截去 ${off.zh}`,
    en: `${name.en} is ${limit.en}${before.en}: ${off.en} cut off`,
  };
}

function creditWords(credit: string): Named {
  return { zh: `${credit} 学分`, en: `${credit} credit` };
}

function gatheredWords(gathered: Posting, story: Story): Named[] {
  if (isKeptTime(gathered.destination)) return keptWords(gathered, story);
  const { postings } = story.entry;
  const total = gathered.destinationAfter ?? gathered.amount;
  const before = total - gathered.amount;
  const spent = postings.find(({ destination }) => destination === 'accrued');
  const earned = postings.find(({ source }) => source === 'issued');
  const sum: Named = {
    zh: `先前余下 ${before} 秒 + 本次 ${gathered.amount} 秒 = ${total} 秒`,
    en: `${before} s left from before + ${gathered.amount} s = ${total} s`,
  };
  if (!spent || !earned) {
    return [sum, { zh: '不满一步，全部留待下次', en: 'not a full step: all of it waits for the next time' }];
  }
  const left = spent.sourceAfter ?? 0;
  return [
    sum,
    spentWords(spent.amount, earned.amount, tariffBehind(story)),
    { zh: `余下 ${left} 秒，留待下次`, en: `${left} s wait for the next time` },
  ];
}

/** Under a tariff that counts sessions one by one nothing is left from before, and nothing waits. */
function keptWords({ amount }: Posting, story: Story): Named[] {
  const { postings } = story.entry;
  const spent = postings.find(({ destination }) => destination === 'accrued');
  const earned = postings.find(({ source }) => source === 'issued');
  if (!spent || !earned) {
    return [
      { zh: `本次 ${amount} 秒没有折成学分，只作学时记录`, en: `${amount} s became no credit: on record as time` },
    ];
  }
  const rest = amount - spent.amount;
  return [
    spentWords(spent.amount, earned.amount, tariffBehind(story)),
    ...(rest > 0
      ? [{ zh: `其余 ${rest} 秒只作学时记录，不留待下次`, en: `the other ${rest} s stay on record as time` }]
      : []),
  ];
}

function spentWords(seconds: number, centi: number, tariff: Tariff | null): Named {
  const credit = formatCredit(centi);
  if (tariff?.kind !== 'per-time' || tariff.rounding !== 'cumulative') {
    return { zh: `其中 ${seconds} 秒折算为 ${credit} 学分`, en: `${seconds} s of it became ${credit} credit` };
  }
  const { secondsPerQuantum, quantumCenti } = tariff;
  const steps = seconds / secondsPerQuantum;
  const step = formatCredit(quantumCenti);
  return {
    zh: `${steps} × ${secondsPerQuantum} 秒 = ${seconds} 秒 → ${steps} × ${step} = ${credit} 学分`,
    en: `${steps} steps of ${secondsPerQuantum} s make ${credit} credit`,
  };
}

/** Where an entry came from, without anything that could be used again. */
export function originWords(source: string | null): Named {
  const file = /^import:([0-9a-f-]{36})#(\d+)$/.exec(source ?? '');
  if (file) return { zh: `导入文件 ${file[1]} 第 ${file[2]} 行`, en: 'a line of an imported file' };
  if (source?.startsWith('list:')) return { zh: '名单登记', en: 'a list' };
  return { zh: '单条登记', en: 'a single record' };
}

/** Name of the policy that decided: `太原市…（taiyuan-default@2024.1）`. */
export function policyWords(version: string, pack: PolicyPack | null): Named {
  return pack ? { zh: `${pack.title.zh}（${version}）`, en: pack.title.en } : { zh: version, en: '' };
}
