import { Injectable } from '@nestjs/common';
import { isDay, shanghaiDay } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { Writer } from '../platform/database/writer.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey, type PageQuery } from '../platform/http/paging.js';
import { CaseAccess } from './case-access.service.js';
import { CaseFlags } from './case-flags.service.js';
import type { CaseState } from './domain/case-states.js';
import type { EvidenceFile } from './domain/recognition-case.js';
import { evidenceContent } from './evidence.store.js';
import { grantedCredit } from './granted-credit.js';
import { dueKey, listCases, type CaseFilter } from './case-list.store.js';
import { toCase } from './recognition.store.js';
import { RecognitionResponse, RecognitionSummaryResponse } from './recognition.response.js';

/** Who sees flags: they may speak of another learner's case. */
const FLAGS_FOR: Caller['role'][] = ['registrar', 'auditor'];

/** What a list is narrowed to. */
export interface CasesAsked extends PageQuery {
  state?: CaseState;
  overdue?: 'true' | 'false';
  learnerId?: string;
}

/** Shows cases and their evidence. What staff look at is in the audit before they see it (DOMAIN GOV-2). */
@Injectable()
export class ReadRecognitions {
  constructor(
    private readonly access: CaseAccess,
    private readonly reader: Reader,
    private readonly writer: Writer,
    private readonly flags: CaseFlags,
  ) {}

  /** One case with its whole story; for reviewers and auditors with what there is to look at twice. */
  async one(caller: Caller, recognitionId: string): Promise<RecognitionResponse> {
    const file = await this.access.find(caller, recognitionId);
    await this.audit(caller, 'read-recognition', recognitionId, file.learnerId);
    const granted = await grantedCredit(this.reader.sql, file);
    const flags = FLAGS_FOR.includes(caller.role) ? await this.flags.of(file) : null;
    return RecognitionResponse.of(file, shanghaiDay(this.access.nowMs()), granted, flags);
  }

  /**
   * Cases oldest due first: a learner's own, a provider's that it entered, everybody's for staff. Refuses with `not-found`
   * a learner who asks for somebody else's.
   */
  async list(caller: Caller, query: CasesAsked): Promise<Page<RecognitionSummaryResponse>> {
    if (caller.role === 'learner' && query.learnerId !== undefined && query.learnerId !== caller.learnerId)
      throw new Refusal('not-found');
    const today = shanghaiDay(this.access.nowMs());
    const filter: CaseFilter = {
      ...(query.state ? { state: query.state } : {}),
      ...(query.overdue === 'true' ? { dueBefore: today } : {}),
      ...(query.learnerId ? { learnerId: query.learnerId } : {}),
      ...(caller.role === 'learner' ? { learnerId: caller.learnerId ?? '' } : {}),
      ...(caller.role === 'provider' ? { providerId: caller.providerId ?? '' } : {}),
    };
    const after = keyOfCursor(query.cursor, isDueKey);
    const rows = await listCases(this.reader.sql, filter, after, limitOf(query) + 1);
    return toPage(rows, limitOf(query), dueKey, (row) =>
      RecognitionSummaryResponse.of(this.access.withCalendar(toCase(row, [], [])), today),
    );
  }

  /** The bytes of one file of a case; for its learner, reviewers and auditors. Refuses with `not-found`. */
  async evidence(
    caller: Caller,
    recognitionId: string,
    contentHash: string,
  ): Promise<{ file: EvidenceFile; content: Buffer }> {
    const { learnerId, evidence } = await this.access.find(caller, recognitionId);
    const file = evidence.find((each) => each.contentHash === contentHash);
    const content = file ? await evidenceContent(this.reader.sql, learnerId, contentHash) : null;
    if (!file || !content) throw new Refusal('not-found');
    await this.audit(caller, 'read-evidence', recognitionId, learnerId);
    return { file, content };
  }

  private async audit(caller: Caller, action: string, subject: string, learnerId: string): Promise<void> {
    if (caller.role === 'learner') return;
    await this.writer.write(({ sql }) =>
      recordDeeds(sql, [{ caller, action, subject, learnerId }], this.access.nowMs()),
    );
  }
}

function isDueKey(key: PageKey): key is [string, string] {
  const [day, id] = key;
  return key.length === 2 && typeof day === 'string' && isDay(day) && typeof id === 'string' && isId(id);
}
