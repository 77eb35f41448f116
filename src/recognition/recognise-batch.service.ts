import { Injectable } from '@nestjs/common';
import { newId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { Committer } from '../ledger/committer.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { AccreditedProject, CatalogueItem } from '../policy/domain/recognition-rules.js';
import { policyVersion, type PolicyPack } from '../policy/policy.port.js';
import { CaseAccess } from './case-access.service.js';
import { COUNTING_STATES, requireTransition } from './domain/case-states.js';
import { itemOf, rulesOf } from './domain/decide-worth.js';
import { pointerOf } from './domain/objections.js';
import type { RecognitionCase } from './domain/recognition-case.js';
import { learnerOfCard } from './enter-recognition.service.js';
import { LearnerRecords } from './learner-records.service.js';
import { RECOGNISE_OUTCOME } from './recognise-outcome.command.js';
import { readCase } from './recognition.store.js';

/** One result of a project. */
export interface BatchRow {
  cardNumber: string;
  certificateNumber: string;
  obtainedOn: string;
  grade: number | null;
}

/** What became of one row, as plain JSON. */
export type BatchOutcome =
  | { status: 'recognised' | 'already-recorded'; recognised: RecognitionCase }
  | { status: 'refused'; field: string; code: Refusal['code']; details: Refusal['details'] };

type ProjectItem = CatalogueItem & { project: AccreditedProject };

/** Recognises the results of an accredited project (DOMAIN REC-7): the panel has looked once, not at every paper. */
@Injectable()
export class RecogniseBatch {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly committer: Committer,
    private readonly access: CaseAccess,
    private readonly records: LearnerRecords,
    private readonly reader: Reader,
  ) {}

  /**
   * Every row has its own result: good rows are recognised, bad rows come back with field and code. Safe to send again:
   * a row that is recognised already says so. Refuses as a whole with `catalogue-item-unknown` and
   * `catalogue-item-without-project`.
   */
  async run(caller: Caller, once: OnceKey, itemCode: string, rows: BatchRow[]): Promise<Receipt<BatchOutcome[]>> {
    const pack = this.access.rules().today;
    const item = projectOf(pack, itemCode);
    requireTransition(null, 'batch-recognition', caller.role);
    return this.onceWriter.runLong(once, () => Promise.all(rows.map((row) => this.recognise(caller, pack, item, row))));
  }

  private async recognise(caller: Caller, pack: PolicyPack, item: ProjectItem, row: BatchRow): Promise<BatchOutcome> {
    let learnerId = '';
    try {
      learnerId = await learnerOfCard(this.reader.sql, row.cardNumber);
      const fresh = newCase(caller, learnerId, { pack, item, row, nowMs: this.access.nowMs() });
      const input = { recognition: { fresh }, rules: this.access.rules(), records: this.records };
      const { answer } = await this.committer.run({ kind: RECOGNISE_OUTCOME, learnerId, input, caller });
      return { status: 'recognised', recognised: answer };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const known = await this.knownCase(learnerId, error);
      if (known && known.content.item === item.code && COUNTING_STATES.includes(known.state))
        return { status: 'already-recorded', recognised: known };
      return { status: 'refused', field: fieldOf(error), code: error.code, details: error.details };
    }
  }

  /** The case of the same learner that has this certificate, when that is why a row came back. */
  private async knownCase(learnerId: string, { code, details }: Refusal): Promise<RecognitionCase | null> {
    const { recognitionId } = details;
    if (code !== 'outcome-already-submitted' || typeof recognitionId !== 'string') return null;
    return readCase(this.reader.sql, learnerId, recognitionId);
  }
}

function projectOf(pack: PolicyPack, code: string): ProjectItem {
  const item = itemOf(rulesOf(pack), { item: code });
  if (!item) throw new Refusal('catalogue-item-unknown', { item: code });
  const { project } = item;
  if (!project) throw new Refusal('catalogue-item-without-project', { item: code });
  return { ...item, project };
}

function newCase(
  { keyId: actor, role }: Caller,
  learnerId: string,
  { pack, item, row, nowMs }: { pack: PolicyPack; item: ProjectItem; row: BatchRow; nowMs: number },
): RecognitionCase {
  if (item.outcomeClass === 'activity') throw new Refusal('catalogue-item-without-project', { item: item.code });
  return {
    learnerId,
    recognitionId: newId(nowMs),
    state: 'recognised',
    content: {
      outcomeClass: item.outcomeClass,
      title: item.name.zh,
      issuer: item.project.issuer,
      certificateNumber: row.certificateNumber,
      obtainedOn: row.obtainedOn,
      rawCenti: null,
      rawHoursCenti: null,
      rawGrade: null,
      rawLevel: null,
      grade: row.grade,
      item: item.code,
    },
    providerId: null,
    policyVersion: policyVersion(pack),
    dueOn: null,
    daysLeft: null,
    calendarKnownUntil: null,
    claim: null,
    standard: null,
    steps: [
      {
        sequence: 1,
        step: 'batch-recognition',
        stateBefore: null,
        stateAfter: 'recognised',
        actor,
        role,
        recordedAt: nowMs,
        comment: null,
        reasonCode: null,
        policyVersion: policyVersion(pack),
        detail: null,
      },
    ],
    evidence: [],
  };
}

/** What a row has besides its card. */
const FIELDS = ['certificateNumber', 'obtainedOn', 'grade'];

/** The field of a row to look at; the card where no other one is to blame. */
function fieldOf({ code }: Refusal): string {
  return FIELDS.find((field) => pointerOf(code) === `/${field}`) ?? 'cardNumber';
}
