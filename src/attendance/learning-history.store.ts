import { entryId } from '../ledger/domain/entry.js';
import { personAccounts } from '../ledger/ledger.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { CountedOutcome } from '../policy/domain/caps.js';
import type { HistoryNeed } from './domain/apply-caps.js';
import { decidedCompletion } from './domain/completion-detail.js';
import { earnedBy, outcomeOfCompletion, outcomeOfVisit } from './domain/outcome-of.js';

/*
 * What a learner has learnt, as the caps of a pack count it. The journal says what study time became: its account tells
 * the rate at which it gathers, the credit beside it what other time brought. Read only for packs that ask.
 */

interface VisitRow {
  activity_type: string;
  starts_at: number;
  accepted_seconds: number;
  recorded_at: number;
  course_code: string;
  provider_code: string;
  bucket: string;
  credit_type: string;
  level: string | null;
  centi: number | null;
}

const VISITS = `select a.activity_type, a.starts_at, a.accepted_seconds, a.recorded_at,
  c.code as course_code, v.code as provider_code, p.destination as bucket, p.credit_type, w.level, i.amount as centi
  from attendance a
  join posting p on p.learner_id = a.learner_id and p.version = a.version and p.source = 'attended'
  left join posting i on i.learner_id = a.learner_id and i.version = a.version and i.source = 'issued'
  join course_session s on s.session_id = a.session_id
  join course_version w on w.course_id = s.course_id and w.version = s.course_version
  join course c on c.course_id = a.course_id join provider v on v.provider_id = c.provider_id
  where a.learner_id = ? and a.is_live = 1 and a.activity_day >= ?`;

interface CompletionRow {
  course_id: string;
  version: number;
  occurred_at: number;
  recorded_at: number;
  detail: string | null;
  course_code: string;
  title: string;
  activity_type: string;
  credit_type: string;
  provider_code: string;
  bucket: string | null;
  seconds: number | null;
  paid_type: string | null;
  centi: number | null;
}

const COMPLETIONS = `select k.course_id, k.version, e.occurred_at, e.recorded_at, e.detail, c.code as course_code,
  v.title, v.activity_type, v.credit_type, o.code as provider_code, p.destination as bucket, p.amount as seconds,
  coalesce(p.credit_type, i.credit_type) as paid_type, i.amount as centi
  from completion k join journal_entry e on e.learner_id = k.learner_id and e.version = k.version
  left join posting p on p.learner_id = k.learner_id and p.version = k.version
    and p.source like 'pending/%' and p.destination like 'time/%'
  left join posting i on i.learner_id = k.learner_id and i.version = k.version and i.source = 'issued'
  join course c on c.course_id = k.course_id join provider o on o.provider_id = c.provider_id
  join course_version v on v.course_id = c.course_id
    and v.version = (select max(m.version) from course_version m where m.course_id = c.course_id)
  where k.learner_id = ? and k.is_live = 1`;

/** Every account of the person, this one first: what was learnt before a merge counts as before. */
async function accountsOf(sql: Sql, learnerId: string): Promise<string[]> {
  return (await personAccounts(sql, [learnerId])).get(learnerId)!;
}

/** Live visits and passed courses that caps ask for, of all accounts of the person; nothing when they ask for none. */
export async function readHistory(
  sql: Sql,
  learnerId: string,
  need: HistoryNeed | null,
  courseId: string,
): Promise<CountedOutcome[]> {
  if (!need) return [];
  const [course, values] = need.sameCourseOnly ? [' and a.course_id = ?', [courseId]] : ['', []];
  const counted: CountedOutcome[] = [];
  for (const account of await accountsOf(sql, learnerId)) {
    const visits = await sql.rows<VisitRow>(VISITS + course, [account, need.from ?? '', ...values]);
    counted.push(...visits.map(countedVisit));
  }
  return [...counted, ...(await readCompletions(sql, learnerId)).map((passed) => passed.counted)];
}

/** Seconds of the live visits to a course whose time waits in this account. */
export async function waitingSeconds(sql: Sql, learnerId: string, courseId: string, bucket: string): Promise<number[]> {
  const waiting: number[] = [];
  for (const account of await accountsOf(sql, learnerId)) {
    const rows = await sql.rows<{ seconds: number }>(
      `select a.accepted_seconds as seconds from attendance a
        join posting p on p.learner_id = a.learner_id and p.version = a.version and p.source = 'attended'
        where a.learner_id = ? and a.course_id = ? and a.is_live = 1 and p.destination = ?`,
      [account, courseId, bucket],
    );
    waiting.push(...rows.map(({ seconds }) => seconds));
  }
  return waiting;
}

/** A learner's passed courses: how caps count them, and what names them. */
export async function readCompletions(
  sql: Sql,
  learnerId: string,
): Promise<{ courseId: string; courseCode: string; title: string; entryId: string; counted: CountedOutcome }[]> {
  const passed = [];
  for (const account of await accountsOf(sql, learnerId)) {
    for (const row of await sql.rows<CompletionRow>(COMPLETIONS, [account])) {
      const { course_id: courseId, course_code: courseCode, title } = row;
      passed.push({
        courseId,
        courseCode,
        title,
        entryId: entryId(account, row.version),
        counted: countedCompletion(row),
      });
    }
  }
  return passed;
}

function countedVisit(row: VisitRow): CountedOutcome {
  const { accepted_seconds: seconds, bucket, centi } = row;
  const facts = outcomeOfVisit(
    {
      creditType: row.credit_type,
      activityType: row.activity_type,
      courseCode: row.course_code,
      courseTitle: '',
      level: row.level,
      providerCode: row.provider_code,
      startsAt: row.starts_at,
    },
    row.recorded_at,
  );
  return { ...facts, seconds, ...earnedBy(bucket, seconds, centi ?? 0) };
}

function countedCompletion(row: CompletionRow): CountedOutcome {
  const decided = decidedCompletion(JSON.parse(row.detail ?? '{}'), row.occurred_at);
  const { title, course_code: code, provider_code: providerCode, activity_type: activityType } = row;
  const facts = outcomeOfCompletion(
    { creditType: row.paid_type ?? row.credit_type, activityType, code, title, providerCode, ...decided },
    row.recorded_at,
  );
  // Its study time was counted with its visits.
  return { ...facts, seconds: 0, ...earnedBy(row.bucket ?? '', row.seconds ?? 0, row.centi ?? 0) };
}
