import { Injectable } from '@nestjs/common';
import { liveVisits, outcomeOfVisit } from '../attendance/attendance.port.js';
import type { Sql } from '../platform/database/sql.js';
import { Policies } from '../policy/policy.port.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import type { RewardedVisit } from './domain/points.js';

/** A visit with whose it is and on which day it counts. */
export type OwnedVisit = RewardedVisit & { learnerId: string; day: string };

/** Reads live visits with what was learnt and the rules that decided them. */
@Injectable()
export class RewardedVisits {
  constructor(
    private readonly policies: Policies,
    private readonly catalogue: SessionCatalogue,
  ) {}

  /** Visits of these learners, on one day each where days are given. Inside a transaction give its `sql`. */
  async of(sql: Sql, keys: { learnerId: string; day?: string }[]): Promise<OwnedVisit[]> {
    if (keys.length === 0) return [];
    const visits = await liveVisits(sql, keys);
    const sessions = await this.catalogue.sessionFacts([...new Set(visits.map(({ sessionId }) => sessionId))], sql);
    return visits.map((visit) => {
      const pack = this.policies.byVersion(visit.policyVersion);
      if (!pack) throw new Error(`Policy ${visit.policyVersion} is named by an entry but is not on record`);
      const session = sessions.get(visit.sessionId);
      if (!session) throw new Error(`Session ${visit.sessionId} of a visit is not on record`);
      return {
        learnerId: visit.learnerId,
        day: visit.activityDay,
        pack,
        outcome: outcomeOfVisit(session, visit.recordedAt),
        sessionId: visit.sessionId,
        startsAt: visit.startsAt,
        seconds: visit.acceptedSeconds,
      };
    });
  }
}
