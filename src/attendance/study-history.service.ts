import { Injectable } from '@nestjs/common';
import { groupBy } from '../kernel/group-by.js';
import { Reader } from '../platform/database/data-sources.js';
import type { Evidence } from '../policy/domain/activity-types.js';
import { SessionCatalogue, type CourseFacts, type SessionFacts } from '../providers/providers.port.js';
import type { Cut } from './domain/apply-caps.js';
import type { CompletionDetail } from './domain/completion-detail.js';
import type { StudyCompletion, StudyHistory, StudyReversal, StudyVisit } from './domain/study-events.js';

/** An event with the rules that decided it then. */
export type RuledHistory = { history: StudyHistory; policyOf: Map<number, string> };

interface EventRow {
  learner_id: string;
  version: number;
  kind: 'attendance' | 'completion' | 'reversal';
  subject: string;
  recorded_at: number;
  policy_version: string | null;
  reverses_version: number | null;
  detail: string | null;
  seconds: number | null;
}

const EVENTS = `select e.learner_id, e.version, e.kind, e.subject, e.recorded_at, e.policy_version, e.reverses_version, e.detail,
  (select cast(sum(p.amount) as bigint) from posting p where p.learner_id = e.learner_id and p.version = e.version and p.source = 'attended') as seconds
  from journal_entry e`;

/** Reads what happened to learners' study time, for whoever lives it again under other rules. */
@Injectable()
export class StudyHistories {
  constructor(
    private readonly reader: Reader,
    private readonly catalogue: SessionCatalogue,
  ) {}

  /** Histories by learner, in the order of their books; learners without one are missing. */
  async of(learnerIds: string[]): Promise<Map<string, RuledHistory>> {
    const keys = learnerIds.map((id) => [id]);
    const { sql } = this.reader;
    const rows = await sql.rowsByKeys<EventRow>(
      EVENTS,
      ['e.learner_id'],
      keys,
      "and e.kind in ('attendance', 'completion', 'reversal') order by e.learner_id, e.version",
    );
    const evidence = await this.evidence(keys);
    const subjects = (kind: EventRow['kind']) => [
      ...new Set(rows.filter((row) => row.kind === kind).map(({ subject }) => subject)),
    ];
    const sessions = await this.catalogue.sessionFacts(subjects('attendance'), sql);
    const courses = await this.catalogue.courseFacts(subjects('completion'), sql);
    return new Map(
      [...groupBy(rows, (row) => row.learner_id)].map(([learnerId, own]) => {
        const history = own.map((row): StudyHistory[number] => {
          if (row.kind === 'reversal') return toReversal(row);
          if (row.kind === 'completion') return toCompletion(row, requireKnown(courses.get(row.subject), row));
          const seen = evidence.get(`${learnerId} ${row.subject}`) ?? 'list';
          return toVisit(row, requireKnown(sessions.get(row.subject), row), seen);
        });
        const policyOf = new Map(own.map(({ version, policy_version }) => [version, policy_version ?? '']));
        return [learnerId, { history, policyOf }];
      }),
    );
  }

  private async evidence(keys: string[][]): Promise<Map<string, Evidence>> {
    const rows = await this.reader.sql.rowsByKeys<{ learner_id: string; session_id: string; evidence: Evidence }>(
      'select learner_id, session_id, evidence from attendance',
      ['learner_id'],
      keys,
    );
    return new Map(rows.map((row) => [`${row.learner_id} ${row.session_id}`, row.evidence]));
  }
}

function requireKnown<T>(facts: T | undefined, { learner_id, version }: EventRow): T {
  if (!facts) throw new Error(`What entry ${learner_id}.${version} is about is not on record`);
  return facts;
}

function toVisit(row: EventRow, session: SessionFacts, evidence: Evidence): StudyVisit {
  const { cuts = [] } = (row.detail === null ? {} : JSON.parse(row.detail)) as { cuts?: Cut[] };
  const { sessionId, courseId, courseCode, courseTitle, providerCode, activityType, creditType } = session;
  const { level, startsAt, endsAt } = session;
  return {
    kind: 'visit',
    version: row.version,
    recordedAt: row.recorded_at,
    session: {
      sessionId,
      courseId,
      courseCode,
      courseTitle,
      providerCode,
      activityType,
      creditType,
      level,
      startsAt,
      endsAt,
    },
    submittedSeconds: cuts.reduce((sum, { cutSeconds }) => sum + cutSeconds, row.seconds ?? 0),
    evidence,
  };
}

function toCompletion(row: EventRow, course: CourseFacts): StudyCompletion {
  const { courseId, code, title, providerCode, activityType, creditType } = course;
  const { grade, plannedSessions, plannedSeconds, level, endsOn } = JSON.parse(row.detail ?? '{}') as CompletionDetail;
  return {
    kind: 'completion',
    version: row.version,
    recordedAt: row.recorded_at,
    courseId,
    code,
    title,
    providerCode,
    activityType,
    creditType,
    level: level ?? null,
    endsOn: endsOn ?? null,
    plannedSessions,
    plannedSeconds: plannedSeconds ?? course.plannedSeconds * plannedSessions,
    grade,
  };
}

function toReversal({ version, recorded_at, reverses_version }: EventRow): StudyReversal {
  return { kind: 'reversal', version, recordedAt: recorded_at, reverses: reverses_version ?? 0 };
}
