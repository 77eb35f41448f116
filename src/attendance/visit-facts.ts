import { shanghaiDay } from '../kernel/clock.js';
import type { SourceEntry, SourceFacts, SourceReader } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { SessionCatalogue } from '../providers/providers.port.js';
import { gradesOf } from './attendance.store.js';

/** What was learnt at the sessions behind entries of visits: attended, not assessed. */
export function visitFacts(sessions: SessionCatalogue): SourceReader {
  return async (sql, _, entries) => {
    const found = await sessions.sessionFacts(
      entries.map(({ subject }) => subject ?? ''),
      sql,
    );
    return known(entries, ({ subject, recordedAt }) => {
      const session = found.get(subject ?? '');
      return (
        session && {
          origin: 'attendance',
          outcomeClass: 'activity',
          activityType: session.activityType,
          item: session.courseCode,
          title: session.courseTitle,
          provider: session.providerCode,
          level: null,
          isAssessed: false,
          grade: null,
          startsOn: shanghaiDay(session.startsAt),
          endsOn: shanghaiDay(session.endsAt),
          postedOn: shanghaiDay(recordedAt),
        }
      );
    });
  };
}

/** What was learnt in the courses behind entries of completions: assessed, with the grade where one was given. */
export function completionFacts(sessions: SessionCatalogue): SourceReader {
  return async (sql: Sql, learnerId, entries) => {
    const found = await sessions.courseFacts(
      entries.map(({ subject }) => subject ?? ''),
      sql,
    );
    const grades = await gradesOf(sql, learnerId);
    return known(entries, ({ subject, occurredAt, recordedAt }) => {
      const course = found.get(subject ?? '');
      const day = shanghaiDay(occurredAt);
      return (
        course && {
          origin: 'attendance',
          outcomeClass: 'course',
          activityType: course.activityType,
          item: course.code,
          title: course.title,
          provider: course.providerCode,
          level: null,
          isAssessed: true,
          grade: grades.get(course.courseId) ?? null,
          startsOn: day,
          endsOn: day,
          postedOn: shanghaiDay(recordedAt),
        }
      );
    });
  };
}

function known(
  entries: SourceEntry[],
  factsOf: (entry: SourceEntry) => SourceFacts | undefined,
): Map<number, SourceFacts> {
  return new Map(
    entries.flatMap((entry) => {
      const facts = factsOf(entry);
      return facts ? [[entry.version, facts] as const] : [];
    }),
  );
}
