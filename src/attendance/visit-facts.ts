import { shanghaiDay } from '../kernel/clock.js';
import type { SourceEntry, SourceFacts, SourceReader } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { OutcomeFacts } from '../kernel/outcome.js';
import type { SessionCatalogue, SessionFacts } from '../providers/providers.port.js';
import { completionDetails } from './attendance.store.js';
import { decidedCompletion } from './domain/completion-detail.js';
import { outcomeOfCompletion, outcomeOfVisit } from './domain/outcome-of.js';

/** So many sessions are remembered: some ten megabytes. */
const MOST_SESSIONS = 50_000;

/**
 * What was learnt at the sessions behind entries of visits. Sessions and versions of courses never change, so that what was
 * learnt at one, posted on one day, is kept and shared by everybody who was there.
 */
export function visitFacts(sessions: SessionCatalogue): SourceReader {
  const learnt = new Map<string, OutcomeFacts[]>();
  const known = ({ subject, recordedAt }: SourceEntry) => {
    const postedOn = shanghaiDay(recordedAt);
    return learnt.get(subject ?? '')?.find((facts) => facts.postedOn === postedOn);
  };
  const keep = (sessionId: string, facts: OutcomeFacts) => {
    const others = learnt.get(sessionId) ?? [];
    if (others.length === 0 && learnt.size >= MOST_SESSIONS) learnt.delete(learnt.keys().next().value!);
    learnt.set(sessionId, [...others, facts]);
    return facts;
  };
  return async (sql, _, entries) => {
    const unknown = entries.filter((entry) => !known(entry)).map(({ subject }) => subject ?? '');
    const found = unknown.length > 0 ? await sessions.sessionFacts(unknown, sql) : new Map<string, SessionFacts>();
    return factsBy(entries, (entry) => {
      const session = found.get(entry.subject ?? '');
      return known(entry) ?? (session && keep(session.sessionId, outcomeOfVisit(session, entry.recordedAt)));
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
    const versions = entries.map(({ version }) => version);
    const details = await completionDetails(sql, learnerId, versions);
    return factsBy(entries, ({ version, subject, occurredAt, recordedAt }) => {
      const course = found.get(subject ?? '');
      const { grade, level, endsOn } = decidedCompletion(details.get(version), occurredAt);
      return course && outcomeOfCompletion({ ...course, grade, level, startsOn: endsOn, endsOn }, recordedAt);
    });
  };
}

function factsBy(
  entries: SourceEntry[],
  factsOf: (entry: SourceEntry) => SourceFacts | undefined,
): Map<number, SourceFacts> {
  const known = new Map<number, SourceFacts>();
  for (const entry of entries) {
    const facts = factsOf(entry);
    if (facts) known.set(entry.version, facts);
  }
  return known;
}
