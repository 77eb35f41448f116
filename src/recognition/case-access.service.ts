import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { Sql } from '../platform/database/sql.js';
import { Policies } from '../policy/policy.port.js';
import { CaseRules } from './case-rules.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { learnerOfCase, readCase } from './recognition.store.js';

/** Finds cases as far as the caller may know of them, and the rules of the day. */
@Injectable()
export class CaseAccess {
  constructor(
    private readonly reader: Reader,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** A case by id. One that is not the caller's looks like none: `not-found`. */
  async find(caller: Caller, recognitionId: string): Promise<RecognitionCase> {
    const learnerId = await learnerOfCase(this.reader.sql, recognitionId);
    if (learnerId === null) throw new Refusal('not-found');
    return this.read(this.reader.sql, caller, learnerId, recognitionId);
  }

  /** The same inside a transaction, where the learner is known already. */
  async read(sql: Sql, caller: Caller, learnerId: string, recognitionId: string): Promise<RecognitionCase> {
    const file = await readCase(sql, learnerId, recognitionId);
    if (!file || !isTheirs(caller, file)) throw new Refusal('not-found');
    return this.withCalendar(file);
  }

  /** The case with what the rules that decide it know of the calendar. */
  withCalendar(file: RecognitionCase): RecognitionCase {
    const pack = file.policyVersion === null ? null : this.policies.byVersion(file.policyVersion);
    return { ...file, calendarKnownUntil: pack?.calendar.knownUntil ?? null };
  }

  /** Rules of today and of every case. Refuses with `policy-not-in-force`. */
  rules(): CaseRules {
    const today = this.policies.inForceOn(shanghaiDay(this.clock.nowMs()));
    return new CaseRules(today, (version) => this.policies.byVersion(version));
  }

  nowMs(): number {
    return this.clock.nowMs();
  }
}

/** A learner sees their own cases, a provider those it entered, staff all. */
function isTheirs({ role, learnerId, providerId }: Caller, file: RecognitionCase): boolean {
  if (role === 'learner') return learnerId === file.learnerId;
  return role === 'provider' ? providerId !== null && providerId === file.providerId : true;
}
