import { shanghaiDay } from '../kernel/clock.js';
import type { SourceEntry, SourceFacts, SourceReader } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { SessionCatalogue } from '../providers/providers.port.js';
import { gradesOf } from './attendance.store.js';
import { outcomeOfCompletion, outcomeOfVisit } from './domain/outcome-of.js';

/** What was learnt at the sessions behind entries of visits. */
export function visitFacts(sessions: SessionCatalogue): SourceReader {
  return async (sql, _, entries) => {
    const found = await sessions.sessionFacts(
      entries.map(({ subject }) => subject ?? ''),
      sql,
    );
    return known(entries, ({ subject, recordedAt }) => {
      const session = found.get(subject ?? '');
      return session && outcomeOfVisit(session, recordedAt);
    });
  };
}

/** What was learnt in the courses behind entries of completions, with the grade where one was given. */
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
      const grade = grades.get(subject ?? '') ?? null;
      return course && outcomeOfCompletion({ ...course, grade, startsOn: day, endsOn: day }, recordedAt);
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
