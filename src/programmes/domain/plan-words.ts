import { formatCredit } from '../../kernel/credit.js';
import { studyTime } from '../../policy/domain/pack-words.js';
import { programmeLimitAmount, type ProgrammeLimit } from '../../policy/domain/programme-limits.js';
import { creditTypeOf, type PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Programme } from '../../policy/domain/programmes.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { PlanStep, Taken } from './plan-steps.js';

/** One step of a plan as a sentence. */
export function stepWords(pack: PolicyPack, step: PlanStep): Named {
  if (step.do === 'take') {
    const { title, sessionsLeft, studySeconds, creditCenti, creditType, meetings, facts } = step.course;
    const type = typeName(pack, creditType);
    const time = studyTime(studySeconds);
    return {
      zh: `修读《${title}》剩余的 ${sessionsLeft} 次课（${time.zh}），取得 ${formatCredit(creditCenti)} ${type.zh}${meetings ? `，${facts.endsOn} 结束` : ''}`,
      en: `take the ${sessionsLeft} remaining sessions of "${title}" (${time.en}) for ${formatCredit(creditCenti)} ${type.en}${meetings ? `, which end on ${facts.endsOn}` : ''}`,
    };
  }
  const { way, taken, brings } = step;
  const { rule } = way;
  const given = formatCredit(taken.reduce((sum, { amountCenti }) => sum + amountCenti, 0));
  const gets = brings.map(({ centi, creditType }) => ({
    credit: formatCredit(centi),
    type: typeName(pack, creditType),
  }));
  const ratio =
    rule.mode === 'ratio'
      ? { zh: `（${rule.ratio.from}:${rule.ratio.to}）`, en: ` (${rule.ratio.from}:${rule.ratio.to})` }
      : { zh: '', en: '' };
  const zh = gets.map(({ credit, type }) => `${credit} ${type.zh}`).join('、');
  const en = gets.map(({ credit, type }) => `${credit} ${type.en}`).join(' and ');
  return {
    zh: `按规则“${rule.name.zh}”${ratio.zh}把 ${given} 学分转换为 ${zh}：${taken.map((each) => takenWords(each).zh).join('、')}`,
    en: `convert ${given} credit into ${en} under "${rule.name.en}"${ratio.en}: ${taken.map((each) => takenWords(each).en).join(', ')}`,
  };
}

function takenWords(taken: Taken): Named {
  const amount = formatCredit(taken.amountCenti);
  if (taken.from === 'lot') {
    const { lot, facts } = taken.lot;
    return { zh: `批次 ${lot.lot}《${facts.title}》${amount}`, en: `${amount} of lot ${lot.lot} "${facts.title}"` };
  }
  if (taken.from === 'course')
    return { zh: `课程《${taken.course.title}》${amount}`, en: `${amount} of the course "${taken.course.title}"` };
  return {
    zh: `“${taken.step.way.rule.name.zh}”所得 ${amount}`,
    en: `${amount} from "${taken.step.way.rule.name.en}"`,
  };
}

function typeName(pack: PolicyPack, code: string): Named {
  return creditTypeOf(pack, code)?.name ?? { zh: code, en: code };
}

/** A rule of a conflict as a sentence; `name` is that of its condition in the integer programme. */
export function ruleWords(pack: PolicyPack, programme: Programme, name: string): Named {
  const [kind, code = ''] = name.split(/ (.*)/s) as [string, string?];
  const bucket = programme.buckets.find((each) => each.code === code);
  switch (kind) {
    case 'total':
      return sentence('总学分至少', 'a total of at least', formatCredit(programme.totalCenti));
    case 'bucket':
      return sentence(`${bucket!.name.zh}至少`, `${bucket!.name.en}: at least`, formatCredit(bucket!.minimumCenti));
    case 'maximum':
      return sentence(`${bucket!.name.zh}最多计`, `${bucket!.name.en}: at most`, formatCredit(bucket!.maximumCenti!));
    case 'cap':
      return limitWords(programme, programme.caps, code, { zh: '最多', en: 'at most' }, 'down');
    case 'floor':
      return limitWords(programme, programme.floors, code, { zh: '至少', en: 'at least' }, 'up');
    case 'item': {
      const item = programme.items.find((each) => each.code === code)!;
      return sentence(`必修“${item.title.zh}”`, `the required item "${item.title.en}" of`, formatCredit(item.centi));
    }
    case 'conversion': {
      const rule = pack.conversionRules.find((each) => each.code === code);
      return {
        zh: `转换规则“${rule?.name.zh ?? code}”的上限`,
        en: `the limit of the conversion rule "${rule?.name.en ?? code}"`,
      };
    }
    case 'excluded':
      return { zh: `您排除了课程 ${code}`, en: `you excluded the course ${code}` };
    case 'intake': {
      const cap = pack.caps.find((each) => each.code === code);
      return { zh: `计分上限“${cap?.name.zh ?? code}”`, en: `the cap "${cap?.name.en ?? code}"` };
    }
    case 'timetable':
      return { zh: '课程时间互相冲突', en: 'meetings of courses overlap' };
    default:
      return { zh: '同一门课程只计一次', en: 'one course counts once' };
  }
}

function sentence(zh: string, en: string, amount: string): Named {
  return { zh: `${zh} ${amount} 学分`, en: `${en} ${amount} credit` };
}

function limitWords(
  programme: Programme,
  limits: ProgrammeLimit[],
  code: string,
  how: Named,
  rounding: 'down' | 'up',
): Named {
  const { name, limit } = limits.find((each) => each.code === code)!;
  const amount = programmeLimitAmount(programme, limit, rounding);
  const [zh, en] =
    limit.unit === 'count'
      ? [`${amount} 项`, `${amount}`]
      : [`${formatCredit(amount)} 学分`, `${formatCredit(amount)} credit`];
  return { zh: `“${name.zh}”${how.zh} ${zh}`, en: `"${name.en}": ${how.en} ${en}` };
}
