import { outcomeOfVisit, type StudyOutcome, type StudyVisit } from '../attendance/attendance.port.js';
import { shanghaiDay } from '../kernel/clock.js';
import { groupBy } from '../kernel/group-by.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { duePoints, totalPoints } from '../rewards/rewards.port.js';
import { isWithin, type Period } from './domain/period.js';

/** Points of visits that count, on the days of a period: day by day what a settlement would book (`duePoints`). */
export function pointsOfDays(
  visits: StudyOutcome['visits'],
  packOf: (visit: StudyVisit) => PolicyPack,
  period: Period,
): number {
  const days = groupBy(visits, ({ event }) => shanghaiDay(event.session.startsAt));
  return [...days].reduce((sum, [day, some]) => {
    if (!isWithin(period, day)) return sum;
    const rewarded = some.map(({ event, acceptedSeconds }) => ({
      pack: packOf(event),
      outcome: outcomeOfVisit(event.session, event.recordedAt),
      sessionId: event.session.sessionId,
      startsAt: event.session.startsAt,
      seconds: acceptedSeconds,
    }));
    return sum + totalPoints(duePoints(rewarded));
  }, 0);
}
