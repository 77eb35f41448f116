import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { isLive } from '../ledger/domain/entry.js';
import { readReversals } from '../ledger/ledger.port.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { policyVersion, type PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import { advise, type Advice, type EarlierLearning, type PlannedOutcome } from './domain/advise.js';
import { plannedCredit } from './domain/planned-credit.js';
import { requireTypes } from './require-types.js';
import { readConversionBook, toSourceLot } from './read-conversion-case.js';

/** What somebody thinks of doing: a course, one session of it, or an outcome of the catalogue. Exactly one. */
export interface AdviceQuestion {
  learnerId: string;
  courseId: string | null;
  sessionId: string | null;
  /** Code of an item in the catalogue of outcomes of elsewhere. */
  outcome: string | null;
  programme: string | null;
}

/** Advice with what it is about. */
export interface CourseAdvice extends Advice {
  policyVersion: string;
  planned: PlannedOutcome;
  /** True: the credit comes only when the course is passed. */
  isGated: boolean;
}

/** Says before enrolment whether something would count, for how much, towards what, and what is in the way. */
@Injectable()
export class AdviseCourse {
  constructor(
    private readonly reader: Reader,
    private readonly sources: LotSources,
    private readonly policies: Policies,
    private readonly catalogue: SessionCatalogue,
    private readonly clock: Clock,
  ) {}

  /** Writes nothing. Refuses with `not-found`, `course-unknown`, `session-unknown`, `programme-unknown` or `credit-type-unknown`. */
  async run(question: AdviceQuestion): Promise<CourseAdvice> {
    const today = shanghaiDay(this.clock.nowMs());
    const pack = this.policies.inForceOn(today);
    const { learnerId, programme } = question;
    if (programme !== null && !pack.programmes.some(({ code }) => code === programme))
      throw new Refusal('programme-unknown', { programme });
    const { sql } = this.reader;
    const book = await readConversionBook(sql, learnerId, today);
    if (!book) throw new Refusal('not-found');
    const { planned, isGated } = await this.plannedOutcome(pack, question, today);
    const facts = await this.sources.of(sql, learnerId, book.lots);
    const lots = book.lots.map((state) => toSourceLot(book, pack, state, facts.get(state.lot)!));
    const earlier = await this.earlier(learnerId);
    const { status, history } = book;
    const account = book.isMerged ? { status, isMerged: true as const } : { status };
    return {
      ...{ policyVersion: policyVersion(pack), planned, isGated },
      ...advise(pack, planned, earlier, { ...account, today, lots, history, programme }),
    };
  }

  private async plannedOutcome(
    pack: PolicyPack,
    { courseId, sessionId, outcome }: AdviceQuestion,
    today: string,
  ): Promise<{ planned: PlannedOutcome; isGated: boolean }> {
    if (outcome !== null) return { planned: catalogueOutcome(pack, outcome, today), isGated: false };
    const session = sessionId === null ? null : await this.catalogue.byId(sessionId);
    if (sessionId !== null && !session) throw new Refusal('session-unknown');
    const course = await this.catalogue.courseById(session?.courseId ?? courseId ?? '');
    if (!course) throw new Refusal('course-unknown');
    requireTypes(pack, course.creditType);
    const sessions = session ? 1 : course.plannedSessions;
    const worth = plannedCredit(pack, { ...course, sessions });
    const [startsOn, endsOn] = session ? [shanghaiDay(session.startsAt), shanghaiDay(session.endsAt)] : [today, today];
    const isGated = worth?.isGated ?? false;
    return {
      isGated,
      planned: {
        ...{ origin: 'attendance', outcomeClass: isGated ? 'course' : 'activity', creditType: course.creditType },
        ...{ activityType: course.activityType, item: course.code, title: course.title, provider: course.providerCode },
        ...{ level: (session ?? course).level, isAssessed: isGated, grade: null, startsOn, endsOn, postedOn: endsOn },
        ...{ seconds: worth?.seconds ?? 0, centi: worth?.centi ?? 0 },
      },
    };
  }

  /** Everything that came in and counts, visits too that have not made a hundredth yet. */
  private async earlier(learnerId: string): Promise<EarlierLearning[]> {
    const { sql } = this.reader;
    const rows = await sql.rows<{ version: number; creditType: string; seconds: number; centi: number }>(
      `select p.version as "version", p.credit_type as "creditType",
         cast(sum(case when p.source = 'attended' then p.amount else 0 end) as bigint) as "seconds",
         cast(sum(case when p.source = 'issued' then p.amount else 0 end) as bigint) as "centi"
       from posting p join journal_entry e on e.learner_id = p.learner_id and e.version = p.version
       where p.learner_id = ? and p.source in ('attended', 'issued') and e.kind in ('attendance', 'completion', 'recognition')
       group by p.version, p.credit_type order by p.version`,
      [learnerId],
    );
    const reversals = await readReversals(sql, learnerId);
    const live = rows.filter(({ version }) => isLive(reversals, version));
    const asLots = live.map((row, index) => ({ lot: -1 - index, version: row.version, creditType: row.creditType }));
    const facts = await this.sources.of(sql, learnerId, asLots);
    return live.map(({ version, seconds, centi }, index) => ({
      ...facts.get(-1 - index)!,
      ...{ entry: version, seconds, centi },
    }));
  }
}

function catalogueOutcome(pack: PolicyPack, code: string, today: string): PlannedOutcome {
  const item = pack.recognition?.catalogue.find((each) => each.code === code);
  if (!item) throw new Refusal('not-found');
  return {
    ...{ origin: 'recognition', outcomeClass: item.outcomeClass, creditType: item.creditType, activityType: null },
    ...{ item: item.code, title: item.name.zh, provider: item.issuers.length === 1 ? item.issuers[0]! : null },
    ...{ level: item.level, isAssessed: item.isAssessed, grade: null, startsOn: today, endsOn: today, postedOn: today },
    ...{ seconds: 0, centi: item.standardCenti },
  };
}
