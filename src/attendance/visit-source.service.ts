import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { learnersByCard, readCardNumber } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { type ActivityType } from '../policy/domain/activity-types.js';
import { type CreditType } from '../policy/domain/credit-types.js';
import { activityTypeOf, creditTypeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue, type CourseFacts, type SessionFacts } from '../providers/providers.port.js';
import { activityDay } from './domain/evaluate-visit.js';

/** What a policy says of a session or course on its day. */
export interface RuledUnder {
  pack: PolicyPack;
  activity: ActivityType;
  creditType: CreditType;
}

/** Cards whose owner is remembered; a card never changes its owner, so an entry is never wrong. */
const MAX_REMEMBERED = 200_000;

/** Finds what a row names: the session the caller may post, the rules of its day, the owner of a card. */
@Injectable()
export class VisitSource {
  private readonly owners = new Map<string, string>();

  constructor(
    private readonly sessions: SessionCatalogue,
    private readonly policies: Policies,
    private readonly reader: Reader,
  ) {}

  /** A session by id. A provider's caller sees only its own: another's looks like none (`session-unknown`). */
  async session(caller: Caller, sessionId: string): Promise<SessionFacts> {
    const session = await this.sessions.byId(sessionId);
    if (!session || !mayPost(caller, session)) throw new Refusal('session-unknown');
    return session;
  }

  /** Sessions by code, only those the caller may post. */
  async sessionsByCode(caller: Caller, codes: string[]): Promise<Map<string, SessionFacts>> {
    const found = await this.sessions.byCodes(codes);
    return new Map([...found].filter(([, session]) => mayPost(caller, session)));
  }

  /** A course by id, under the same rule of ownership (`course-unknown`). */
  async course(caller: Caller, courseId: string): Promise<CourseFacts> {
    const course = await this.sessions.courseById(courseId);
    if (!course || !mayPost(caller, course)) throw new Refusal('course-unknown');
    return course;
  }

  /** The rules in force on the day of a session. */
  rulesOf(session: SessionFacts): RuledUnder {
    return this.rulesOn(activityDay(session), session);
  }

  /** The rules in force on a day for a course's types. Refuses when the policy of that day does not know them. */
  rulesOn(day: string, course: { activityType: string; creditType: string }): RuledUnder {
    return rulesIn(this.policies.inForceOn(day), course);
  }

  /** The rules an entry was decided under. */
  rulesOfVersion(version: string, course: { activityType: string; creditType: string }): RuledUnder {
    const pack = this.policies.byVersion(version);
    if (!pack) throw new Error(`Policy ${version} is named by an entry but is not on record`);
    return rulesIn(pack, course);
  }

  /** Card number as written on the card. Refuses a mangled or wrong one. */
  readCard(text: string): string {
    const card = readCardNumber(text);
    if ('ok' in card) return card.ok;
    throw new Refusal('mangled' in card ? 'card-number-mangled' : 'card-number-invalid');
  }

  /** Learners by card number; a number that was never issued is missing from the answer. */
  async learnersByCard(cardNumbers: string[]): Promise<Map<string, string>> {
    const unknown = [...new Set(cardNumbers)].filter((number) => !this.owners.has(number));
    if (unknown.length > 0) {
      if (this.owners.size > MAX_REMEMBERED) this.owners.clear();
      for (const [number, learnerId] of await learnersByCard(this.reader.sql, unknown))
        this.owners.set(number, learnerId);
    }
    return new Map(
      cardNumbers.flatMap((number) => {
        const learnerId = this.owners.get(number);
        return learnerId === undefined ? [] : [[number, learnerId]];
      }),
    );
  }

  /** The learner of one card. Refuses with `card-unknown`. */
  async learnerByCard(cardNumber: string): Promise<string> {
    const learnerId = this.owners.get(cardNumber) ?? (await this.learnersByCard([cardNumber])).get(cardNumber);
    if (learnerId === undefined) throw new Refusal('card-unknown');
    return learnerId;
  }
}

function mayPost(caller: Caller, { providerId }: { providerId: string }): boolean {
  return caller.role === 'registrar' || caller.providerId === providerId;
}

function rulesIn(pack: PolicyPack, course: { activityType: string; creditType: string }): RuledUnder {
  const activity = activityTypeOf(pack, course.activityType);
  if (!activity) throw new Refusal('activity-type-unknown', { activityType: course.activityType });
  const creditType = creditTypeOf(pack, course.creditType);
  if (!creditType) throw new Refusal('credit-type-unknown', { creditType: course.creditType });
  return { pack, activity, creditType };
}
