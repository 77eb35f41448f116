import { addWorkingDays, isCalendarKnown } from './calendar.js';
import type { PolicyPack } from './policy-pack.js';
import type { Named } from './schema-parts.js';

/**
 * What the writer of a pack should know about its calendar, which is no mistake: a case that is handed in on the first day
 * the pack may decide, `today` or later, is due on a day whose holidays the pack does not know. Null when all is known.
 */
export function calendarWarning({ calendar, effectiveFrom, recognition }: PolicyPack, today: string): Named | null {
  if (!recognition) return null;
  const { knownUntil } = calendar;
  if (knownUntil === null)
    return {
      zh: '没有写 calendar.knownUntil（节假日已公布到哪一天）：所有认定期限都会注明为推算',
      en: 'calendar.knownUntil is not said (up to which day holidays are announced): every due day of a recognition will be marked as provisional',
    };
  const from = today < effectiveFrom ? effectiveFrom : today;
  const due = addWorkingDays(calendar, from, Math.max(recognition.reviewDays, recognition.appealDays));
  if (isCalendarKnown(calendar, due)) return null;
  return {
    zh: `节假日只公布到 ${knownUntil}：${from} 提交的申请期限到 ${due}，会注明为推算。公布后请发布新版本`,
    en: `holidays are known up to ${knownUntil} only: a case of ${from} is due on ${due}, which will be marked as provisional. Publish a new version when they are announced`,
  };
}
