import { formatCredit } from '../../kernel/credit.js';
import { EVIDENCE_LEVELS, type ActivityType, type CompletionGate } from './activity-types.js';
import { capSentence } from './cap-words.js';
import type { Cap } from './caps.js';
import { EVIDENCE, studyTime } from './pack-words.js';
import type { PolicyPack } from './policy-pack.js';
import type { Named } from './schema-parts.js';
import type { CompletionTariff, Tariff, TimeTariff } from './tariffs.js';

const ROUNDING: Record<TimeTariff['rounding'], Named> = {
  cumulative: { zh: '不足部分留待下次，不会丢失', en: 'what is left over waits for the next time' },
  'session-floor': {
    zh: '每次按整步计，余下只作学时记录',
    en: 'full steps of one visit count, the rest stays as time',
  },
  'session-half-up': { zh: '每次按步四舍五入', en: 'one visit is rounded to the nearest step' },
};

/** The price of study time: `18 课时 × 45 分钟 = 1 学分；486 秒 = 0.01 学分`. */
export function tariffWords(pack: PolicyPack, tariff: Tariff): Named {
  if (tariff.kind === 'per-visit') {
    const credit = formatCredit(tariff.centiPerVisit);
    return { zh: `每次参加计 ${credit} 学分，不论时长`, en: `${credit} credit a visit, however long` };
  }
  if (tariff.kind === 'on-completion') return completionPrice(pack, tariff);
  const { secondsPerQuantum, quantumCenti, rounding } = tariff;
  const credit = formatCredit(quantumCenti);
  const whole = creditPrice(pack, secondsPerQuantum, quantumCenti);
  const time = stepWords(secondsPerQuantum);
  const step =
    quantumCenti === 100
      ? { zh: '', en: '' }
      : { zh: `${time.zh} = ${credit} 学分；`, en: `${time.en} = ${credit} credit; ` };
  const how = ROUNDING[rounding];
  return {
    zh: `${whole.zh}；${step.zh}${how.zh}`,
    en: `${whole.en}; ${step.en}${how.en}`,
  };
}

/** Whole minutes as a time, any other step in seconds: `1 小时`, `486 秒`. */
function stepWords(seconds: number): Named {
  return seconds % 60 === 0 ? studyTime(seconds) : { zh: `${seconds} 秒`, en: `${seconds} s` };
}

function completionPrice(pack: PolicyPack, { secondsPerQuantum, quantumCenti }: CompletionTariff): Named {
  const credit = formatCredit(quantumCenti);
  if (secondsPerQuantum === null)
    return { zh: `结业时一次计 ${credit} 学分`, en: `${credit} credit when the course is passed` };
  const whole = creditPrice(pack, secondsPerQuantum, quantumCenti);
  return {
    zh: `结业时按课程计划课时计学分：${whole.zh}，不足 ${credit} 学分的舍去`,
    en: `when the course is passed, by its planned class hours: ${whole.en}, in whole steps of ${credit}`,
  };
}

function creditPrice(pack: PolicyPack, secondsPerQuantum: number, quantumCenti: number): Named {
  const secondsPerCredit = (secondsPerQuantum * 100) / quantumCenti;
  const hours = secondsPerCredit / pack.classHourSeconds;
  if (Number.isInteger(hours)) {
    const minutes = pack.classHourSeconds / 60;
    return {
      zh: `${hours} 课时 × ${minutes} 分钟 = 1 学分`,
      en: `${hours} class hours × ${minutes} min = 1 credit`,
    };
  }
  const time = studyTime(Math.round(secondsPerCredit));
  return { zh: `${time.zh} = 1 学分`, en: `${time.en} = 1 credit` };
}

/** Every gate and cap of an activity, one sentence each. */
export function activityWords(pack: PolicyPack, activity: ActivityType): Named[] {
  const { minimumVisitSeconds, completion, evidence } = activity;
  return [
    ...(minimumVisitSeconds > 60
      ? [limitWords({ zh: '每次至少', en: 'a visit counts from' }, minimumVisitSeconds)]
      : []),
    ...pack.caps.filter((cap) => concerns(cap, activity)).map((cap) => capSentence(pack, cap)),
    ...(activity.isDropIn
      ? [{ zh: '全天开放，不与其他课次比对时间', en: 'open all day: its hours are not compared with other sessions' }]
      : []),
    {
      zh: `接受的出勤依据：${evidence.map((level) => EVIDENCE[level].zh).join('、')}`,
      en: `accepted evidence: ${evidence.map((level) => EVIDENCE[level].en).join(', ')}`,
    },
    ...(completion ? [gateWords(completion)] : []),
  ];
}

/** True for a cap that may count what is learnt in this activity, by a visit or by the passed course. */
function concerns({ only }: Cap, { code, completion }: ActivityType): boolean {
  const fits = <T>(allowed: T[], value: T) => allowed.length === 0 || allowed.includes(value);
  const isCounted =
    fits(only.outcomeClasses, 'activity') || (completion !== null && fits(only.outcomeClasses, 'course'));
  return fits(only.origins, 'attendance') && fits(only.activityTypes, code) && isCounted;
}

/** What study time is worth that was not fully proven. Credit given by the visit or the passed course does not ask. */
export function evidenceWorthWords({ evidenceWorth }: PolicyPack): Named[] {
  return EVIDENCE_LEVELS.filter((level) => evidenceWorth[level] < 100).map((level) => ({
    zh: `${EVIDENCE[level].zh}的学时按 ${evidenceWorth[level]}% 计（按次或按结业计的学分不受影响）`,
    en: `study time on ${EVIDENCE[level].en} counts ${evidenceWorth[level]}% (credit by the visit or the passed course is not touched)`,
  }));
}

function limitWords(what: Named, seconds: number): Named {
  const time = studyTime(seconds);
  return { zh: `${what.zh} ${time.zh}`, en: `${what.en} ${time.en}` };
}

/** What must be reached before the time of a course becomes credit. */
export function gateWords({ attendance, otherwisePercent, gradeMinimum }: CompletionGate): Named {
  const steps = attendance.map(({ upToSessions, percent }) => ({
    zh: `${upToSessions} 次以内的课程出勤至少 ${percent}%，`,
    en: `${percent}% of sessions up to ${upToSessions}, `,
  }));
  const zh = steps.map((step) => step.zh).join('');
  const en = steps.map((step) => step.en).join('');
  const other = steps.length > 0 ? { zh: '更长的课程', en: 'of longer courses' } : { zh: '出勤', en: 'of sessions' };
  const grade =
    gradeMinimum === null
      ? { zh: '', en: '' }
      : { zh: `，成绩至少 ${gradeMinimum} 分`, en: `, grade ${gradeMinimum} or more` };
  return {
    zh: `通过结业考核后计入：${zh}${other.zh}至少 ${otherwisePercent}%${grade.zh}`,
    en: `counts once the course is passed: ${en}${otherwisePercent}% ${other.en}${grade.en}`,
  };
}
