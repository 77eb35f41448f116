import { Injectable } from '@nestjs/common';
import { PassedCourses } from '../attendance/attendance.port.js';
import { personAccounts } from '../ledger/ledger.port.js';
import { Reader } from '../platform/database/data-sources.js';
import { CaseAccess } from './case-access.service.js';
import { flagsOf, type CaseFlag, type OtherCase } from './domain/case-flags.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { casesWithEvidence } from './evidence.store.js';
import { casesOfLearner } from './recognition.store.js';

/** Tells reviewers what there is to look at twice. Reads only, and only for staff: a flag may speak of somebody else. */
@Injectable()
export class CaseFlags {
  constructor(
    private readonly reader: Reader,
    private readonly access: CaseAccess,
    private readonly passedCourses: PassedCourses,
  ) {}

  /** Flags of a case as the records stand now; titles are compared by the rules that decide it. */
  async of(file: RecognitionCase): Promise<CaseFlag[]> {
    const { sql } = this.reader;
    const { learnerId, recognitionId, evidence } = file;
    const accounts = (await personAccounts(sql, [learnerId])).get(learnerId)!;
    const own: OtherCase[] = [];
    for (const account of accounts)
      for (const { state, content, ...other } of (await casesOfLearner(sql, account)).values())
        if (other.recognitionId !== recognitionId)
          own.push({
            recognitionId: other.recognitionId,
            isOwn: true,
            state,
            title: content.title,
            item: content.item,
          });
    const seen = await casesWithEvidence(sql, [...new Set(evidence.map(({ contentHash }) => contentHash))]);
    const withEvidence = seen
      .filter((other) => other.recognitionId !== recognitionId)
      .map(({ learnerId: holder, ...other }) => ({ ...other, isOwn: accounts.includes(holder) }));
    const passed = await this.passedCourses.titlesOf(sql, learnerId);
    const { titleRules } = this.access.rules().forStep(file, 'final-review');
    return flagsOf(file, { own, withEvidence, passed }, titleRules);
  }
}
