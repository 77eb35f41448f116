import { formatCredit } from '../../kernel/credit.js';
import { groupBy } from '../../kernel/group-by.js';
import { Both } from '../../platform/pages/both.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import type { Honours } from '../../rewards/rewards.port.js';
import { placePath } from '../paths.js';
import { creditTypeName, studyTime } from '../../policy/domain/pack-words.js';
import type { StatementContent } from './read-statement.service.js';

/** Credit that ends soon, in words: how much, of what, from which day on it can no longer be used. */
export function ExpiryNotices({ notices, pack, learnerId }: StatementContent) {
  if (notices.length === 0) return null;
  const groups = [...groupBy(notices, ({ creditType, withinDays }) => `${creditType} ${withinDays}`).values()];
  return (
    <section class="notices">
      <ul>
        {groups.map((lots) => {
          const { creditType, withinDays, validUntil } = lots[0]!;
          const amount = formatCredit(lots.reduce((sum, { availableCenti }) => sum + availableCenti, 0));
          const name = creditTypeName(pack, creditType);
          return (
            <li key={`${creditType} ${withinDays}`}>
              <a href={placePath(learnerId, creditType, null, 'available')}>
                <Both
                  zh={`${amount} ${name.zh}将在 ${withinDays} 天内到期，最早一批可用到 ${validUntil}；到期后仍保留在记录上，但不能再转换或用于证书`}
                  en={`${amount} of ${name.en} ends within ${withinDays} days, the first of it after ${validUntil}; it stays on record but can no longer be used`}
                />
              </a>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

/** Points, honours and benefits in words. */
export function HonoursInWords({ honours }: { honours: Honours }) {
  return (
    <ul>
      <li>
        <Both
          zh={`积分 ${honours.points} 分（奖励，不是学分，也不能换成学分）`}
          en={`${honours.points} points: a reward, never credit`}
        />
      </li>
      {honours.ladders.map((ladder) => (
        <li key={ladder.code}>
          <Both {...ladderWords(ladder)} />
        </li>
      ))}
      {honours.benefits.map((benefit) => (
        <li key={benefit.code}>
          <Both {...benefitWords(benefit)} />
        </li>
      ))}
    </ul>
  );
}

function ladderWords({ name, seconds, reached, next }: Honours['ladders'][number]): Named {
  const last = reached.at(-1);
  const time = studyTime(seconds);
  const missing = next && studyTime(next.missingSeconds);
  return {
    zh: [
      `${name.zh}：累计 ${time.zh}`,
      last ? `${last.day} 达到“${last.title.zh}”` : '尚未达到第一级',
      next && missing ? `距“${next.title.zh}”还差 ${missing.zh}` : '已达最高一级',
    ].join('，'),
    en: [
      `${name.en}: ${time.en}`,
      last ? `"${last.title.en}" reached on ${last.day}` : 'no step reached yet',
      next && missing ? `${missing.en} to "${next.title.en}"` : 'the highest step is reached',
    ].join(', '),
  };
}

function benefitWords({ name, reads, atLeast, have, isReached }: Honours['benefits'][number]): Named {
  const [zh, en] = reads === 'points' ? ['积分', 'points'] : ['小时', 'hours'];
  return isReached
    ? {
        zh: `✓ ${name.zh}：已可享受（${have} ${zh}，不扣减）`,
        en: `${name.en}: yours (${have} ${en}, nothing is spent)`,
      }
    : {
        zh: `${name.zh}：满 ${atLeast} ${zh}可享受，现有 ${have}`,
        en: `${name.en}: from ${atLeast} ${en} on, ${have} so far`,
      };
}
