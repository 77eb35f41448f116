import { formatCredit } from '../../kernel/credit.js';
import { Both } from '../../platform/pages/both.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { gateWords } from '../../policy/domain/rule-words.js';
import { creditTypeName, studyTime } from '../../policy/domain/pack-words.js';
import type { CourseWaitLine, Wait } from '../study-waits.js';

interface WhyProps {
  waits: Wait[];
  courseWaits: CourseWaitLine[];
  pack: PolicyPack | null;
}

/** Why study time is not credit yet, who acts next, and what it takes. Nothing where nothing waits. */
export function WhyNotYet({ waits, courseWaits, pack }: WhyProps) {
  if (waits.length === 0 && courseWaits.length === 0) return null;
  return (
    <>
      <h2>
        <Both zh="为什么还没有计入学分？" en="Why not yet?" />
      </h2>
      <ul>
        {waits.map((wait) => (
          <li key={`${wait.creditType} ${wait.waitingSeconds}`}>
            <Both {...waitWords(wait, creditTypeName(pack, wait.creditType))} />
          </li>
        ))}
        {courseWaits.map((wait) => (
          <li key={wait.courseId}>
            <Both {...courseWords(wait)} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** What waits to fill a step of its tariff. */
export function waitWords({ waitingSeconds, next }: Wait, type: Named): Named {
  const waiting = studyTime(waitingSeconds);
  if (!next) {
    return {
      zh: `${type.zh}：${waiting.zh} 没有折成学分，只作学时记录，不再折算。`,
      en: `${type.en}: ${waiting.en} became no credit; it stays on record as attended time.`,
    };
  }
  const missing = studyTime(next.seconds);
  const credit = formatCredit(next.amountCenti);
  return {
    zh: `${type.zh}：已积累 ${waiting.zh}，再学 ${missing.zh} 可得 ${credit} 学分。`,
    en: `${type.en}: ${waiting.en} gathered; ${missing.en} more make ${credit} credit.`,
  };
}

/** What waits for a course to be passed, by which gate, and who records it. */
export function courseWords({ title, provider, pendingSeconds, gate }: CourseWaitLine): Named {
  const time = studyTime(pendingSeconds);
  const rule = gate ? gateWords(gate) : { zh: '通过结业考核后计入', en: 'counts once the course is passed' };
  return {
    zh: `《${title}》：${time.zh} ${rule.zh}。下一步：由${provider}登记结业。`,
    en: `${time.en} ${rule.en}. Next: the provider records who passed.`,
  };
}
