import { Injectable } from '@nestjs/common';
import { addYears, shanghaiDay } from '../kernel/clock.js';
import { parseCredit } from '../kernel/credit.js';
import type { Difference } from '../ledger/domain/audit-book.js';
import { entryId, isLive } from '../ledger/domain/entry.js';
import { Reader } from '../platform/database/data-sources.js';
import { creditTypeOf, timeBucketOf } from '../policy/domain/policy-pack.js';
import { completionCenti, type Tariff } from '../policy/domain/tariffs.js';
import { Policies } from '../policy/policy.port.js';
import type { Cut } from './domain/apply-caps.js';

/** Learners looked at together. */
const PAGE = 500;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';
const AFTER_ALL = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const VISITS =
  'select learner_id, version, session_id as subject, accepted_seconds as seconds, activity_day, starts_at from attendance where is_live = 1 and learner_id > ? and learner_id <= ?';
/** Visits that the gates see at another time than their session was. */
const MISPLACED = `select a.learner_id, a.version from attendance a join course_session s on s.session_id = a.session_id
  where (a.starts_at <> s.starts_at or a.ends_at <> s.ends_at) and a.learner_id > ? and a.learner_id <= ?`;
const ENTRIES = `select e.learner_id, e.version, e.subject, cast(sum(p.amount) as bigint) as seconds
  from journal_entry e join posting p on p.learner_id = e.learner_id and p.version = e.version and p.source = 'attended'
  where e.kind = 'attendance' and e.learner_id > ? and e.learner_id <= ? group by e.learner_id, e.version, e.subject`;
const REVERSALS =
  'select learner_id, version, reverses_version from journal_entry where reverses_version is not null and learner_id > ? and learner_id <= ?';
/** What each entry turned into credit (merges look after their own): study time on its way into `accrued`, credit out of `issued`, both net. */
const ACCRUALS = `select p.learner_id, p.version, p.credit_type, e.policy_version, e.reverses_version, e.detail,
  max(case when p.destination = 'accrued' then p.source when p.source = 'accrued' then p.destination end) as bucket,
  cast(sum(case when p.destination = 'accrued' then p.amount when p.source = 'accrued' then -p.amount else 0 end) as bigint) as seconds,
  cast(sum(case when p.source = 'issued' then p.amount when p.destination = 'issued' then -p.amount else 0 end) as bigint) as centi,
  max(case when p.source = 'issued' then p.earned_on end) as earned_on,
  max(case when p.source = 'issued' then p.valid_until end) as valid_until
  from posting p join journal_entry e on e.learner_id = p.learner_id and e.version = p.version
  where p.learner_id > ? and p.learner_id <= ? and (e.kind in ('attendance', 'completion') or e.kind = 'reversal' and exists
    (select 1 from posting t where t.learner_id = p.learner_id and t.version = p.version and t.unit = 'second')
    and not exists (select 1 from journal_entry m where m.learner_id = e.learner_id and m.version = e.reverses_version and m.kind = 'merge'))
  group by p.learner_id, p.version, p.credit_type, e.policy_version, e.reverses_version, e.detail`;
const SEATS = `select s.session_id, q.taken, count(a.learner_id) as visits from course_session s
  join session_seat q on q.session_id = s.session_id
  left join attendance a on a.session_id = s.session_id and a.is_live = 1
  where s.capacity is not null group by s.session_id, q.taken having q.taken <> count(a.learner_id)`;

interface VisitRow {
  learner_id: string;
  version: number;
  subject: string | null;
  seconds: number;
}

interface AccrualRow {
  learner_id: string;
  version: number;
  credit_type: string;
  policy_version: string | null;
  reverses_version: number | null;
  detail: string | null;
  bucket: string | null;
  seconds: number;
  centi: number;
  earned_on: string | null;
  valid_until: string | null;
}

/**
 * Looks at every visit: the gates see what the journal says, and every entry gave the credit that its study time is
 * worth under the rules it names. Reads only.
 */
@Injectable()
export class VerifyAttendance {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
  ) {}

  /** Names every difference. */
  async run(onDifference: (difference: Difference) => void): Promise<void> {
    const { sql } = this.reader;
    for (let after = BEFORE_ALL; after !== AFTER_ALL;) {
      const learners = await sql.rows<{ learner_id: string }>(
        'select learner_id from learning_account where learner_id > ? order by learner_id limit ?',
        [after, PAGE],
      );
      const through = learners.length < PAGE ? AFTER_ALL : learners.at(-1)!.learner_id;
      await this.verifyVisits(after, through, onDifference);
      const accruals = await sql.rows<AccrualRow>(ACCRUALS, [after, through]);
      const byEntry = new Map(accruals.map((row) => [entryId(row.learner_id, row.version), row]));
      for (const row of accruals) {
        const undone = row.reverses_version === null ? undefined : entryId(row.learner_id, row.reverses_version);
        const what = this.wrongCredit(row, undone === undefined ? undefined : byEntry.get(undone));
        if (what) onDifference({ where: entryId(row.learner_id, row.version), what });
      }
      after = through;
    }
    for (const { session_id, taken, visits } of await sql.rows<{ session_id: string; taken: number; visits: number }>(
      SEATS,
    ))
      onDifference({ where: `session ${session_id}`, what: `${taken} places are taken by ${visits} visits` });
  }

  /** Every visit that counts stands once in what the gates look at, and nothing else does. */
  private async verifyVisits(
    after: string,
    through: string,
    onDifference: (difference: Difference) => void,
  ): Promise<void> {
    const { sql } = this.reader;
    const reversals = new Map<string, Map<number, number>>();
    for (const { learner_id, version, reverses_version } of await sql.rows<{
      learner_id: string;
      version: number;
      reverses_version: number;
    }>(REVERSALS, [after, through])) {
      const own = reversals.get(learner_id) ?? new Map<number, number>();
      reversals.set(learner_id, own.set(reverses_version, version));
    }
    const entries = await sql.rows<VisitRow>(ENTRIES, [after, through]);
    const live = entries.filter(
      ({ learner_id, version }) => !reversals.has(learner_id) || isLive(reversals.get(learner_id)!, version),
    );
    const visits = await sql.rows<VisitRow & { activity_day: string; starts_at: number }>(VISITS, [after, through]);
    const misplaced = visits.filter(({ activity_day, starts_at }) => shanghaiDay(starts_at) !== activity_day);
    const atAnotherTime = await sql.rows<{ learner_id: string; version: number }>(MISPLACED, [after, through]);
    for (const { learner_id, version } of [...misplaced, ...atAnotherTime])
      onDifference({ where: entryId(learner_id, version), what: 'the gates see this visit at another time' });
    const seen = new Set(visits.map(nameOf));
    for (const visit of live) {
      if (!seen.delete(nameOf(visit)))
        onDifference({ where: entryId(visit.learner_id, visit.version), what: 'the gates do not see this visit' });
    }
    for (const name of seen) {
      onDifference({ where: name.split(' ', 1)[0]!, what: 'the gates see a visit that the journal does not have' });
    }
  }

  private wrongCredit(row: AccrualRow, undone: AccrualRow | undefined): string | null {
    const { bucket, seconds, centi, earned_on: earnedOn, valid_until: validUntil } = row;
    const pack = this.policies.byVersion(row.policy_version ?? '');
    if (!pack) return `its policy ${row.policy_version} is not on record`;
    const type = creditTypeOf(pack, row.credit_type);
    const tariff =
      type && bucket !== null ? pack.tariffs.find((candidate) => timeBucketOf(candidate) === bucket) : undefined;
    const follows = bucket?.startsWith('pending/')
      ? isCourseCredit(pack.tariffs, row, undone)
      : tariff
        ? isWorth(tariff, Math.abs(seconds), Math.abs(centi))
        : seconds === 0 && centi === 0;
    if (!follows) return `${centi} hundredths do not follow from ${seconds} seconds of study time`;
    const expected = earnedOn && type?.validityYears ? addYears(earnedOn, type.validityYears) : null;
    if (earnedOn && validUntil !== expected)
      return `its credit is valid until ${validUntil}, the rules say ${expected}`;
    return null;
  }
}

function nameOf({ learner_id, version, subject, seconds }: VisitRow): string {
  return `${entryId(learner_id, version)} ${subject} ${seconds}`;
}

/**
 * True when the credit of a course whose waiting time was accrued at once follows from some tariff of the pack, before
 * what caps cut off; and what undid one is its mirror.
 */
function isCourseCredit(tariffs: Tariff[], { seconds, centi, detail }: AccrualRow, undone?: AccrualRow): boolean {
  if (undone) return undone.seconds === -seconds && undone.centi === -centi;
  const { waitingSessions, plannedSeconds, cuts = [] } = JSON.parse(detail ?? '{}') as Partial<CourseDetail>;
  const whole = cuts.reduce((sum, { cutCredit = '0' }) => sum + (parseCredit(cutCredit) ?? 0), centi);
  return tariffs.some((tariff) => {
    if (tariff.kind === 'on-completion') return completionCenti(tariff, plannedSeconds ?? 0) === whole;
    if (tariff.kind === 'per-visit') return tariff.centiPerVisit * (waitingSessions ?? 0) === whole;
    return tariff.rounding !== 'cumulative' && isWorth(tariff, seconds, whole, waitingSessions);
  });
}

/** What the entry of a passed course keeps of its decision. */
interface CourseDetail {
  waitingSessions: number;
  plannedSeconds: number;
  cuts: Cut[];
}

function isWorth(tariff: Tariff, seconds: number, centi: number, visits = 1): boolean {
  if (tariff.kind === 'on-completion') return false;
  if (tariff.kind === 'per-visit') return centi === tariff.centiPerVisit;
  const worthSeconds = (centi / tariff.quantumCenti) * tariff.secondsPerQuantum;
  // Rounded up, each visit may have brought one step for less than its time.
  if (tariff.rounding === 'session-half-up')
    return worthSeconds >= seconds && worthSeconds - seconds < visits * tariff.secondsPerQuantum;
  return worthSeconds === seconds;
}
