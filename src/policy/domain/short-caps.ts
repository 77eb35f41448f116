import type { ActivityTypeFile, TimeCapFile } from './activity-types.js';
import { readCap, type Cap, type CapFile, type ShortCap } from './caps.js';
import type { Named } from './schema-parts.js';

/*
 * A file says its commonest caps in one line each. In memory they are caps like any other; they only keep the codes of
 * their refusals.
 */

const NAMES: Record<ShortCap, Named> = {
  visit: { zh: '每次上限', en: 'limit per visit' },
  'visits-per-day': { zh: '每天次数上限', en: 'visits a day' },
  course: { zh: '课程上限', en: 'limit of the course' },
  day: { zh: '每日上限', en: 'daily limit' },
};

/** The short forms of a pack as caps, in the order in which they cut: of the visit, of the course, of the day. */
export function readShortCaps(dayCap: TimeCapFile, activityTypes: ActivityTypeFile[]): Cap[] {
  const own = activityTypes.flatMap(({ code, visitCap, visitsPerDay, courseCap }) => [
    ...(visitCap ? [ofTime('visit', 'visit', visitCap, code)] : []),
    ...(visitsPerDay
      ? [short('visits-per-day', { limit: { count: visitsPerDay }, per: 'day', whenOver: 'refuse' }, code)]
      : []),
    ...(courseCap ? [{ ...ofTime('course', 'lifetime', courseCap, code), each: ['item' as const] }] : []),
  ]);
  return [...own, ofTime('day', 'day', dayCap)];
}

function ofTime(form: ShortCap, per: CapFile['per'], { minutes, whenOver }: TimeCapFile, activityType?: string): Cap {
  return short(form, { limit: { minutes }, per, whenOver }, activityType);
}

/** Only visits: a course's time has been counted with its visits when the course is passed. */
function short(form: ShortCap, cap: Pick<CapFile, 'limit' | 'per' | 'whenOver'>, activityType?: string): Cap {
  const only = { origins: ['attendance' as const], outcomeClasses: ['activity' as const] };
  const read = readCap({
    ...cap,
    code: form,
    name: NAMES[form],
    only: activityType === undefined ? only : { ...only, activityTypes: [activityType] },
  });
  return { ...read, short: form };
}

/** The cap that an activity's line in the pack says in short, if it says one. */
export function shortCap({ caps }: { caps: Cap[] }, form: ShortCap, activityType: string): Cap | undefined {
  return caps.find(
    ({ short, only }) =>
      short === form && (only.activityTypes.length === 0 || only.activityTypes.includes(activityType)),
  );
}
