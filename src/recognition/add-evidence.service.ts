import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { recordDeeds } from '../audit/audit.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Config } from '../platform/config/config.js';
import { hashContent } from '../platform/idempotency/once.decorator.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { NamedFile } from '../platform/http/upload.js';
import { CaseAccess } from './case-access.service.js';
import { evidenceTypeOf, hasFittingName } from './domain/evidence-type.js';
import type { EvidenceFile, RecognitionCase } from './domain/recognition-case.js';
import { takeStep } from './domain/take-step.js';
import { insertEvidence } from './evidence.store.js';
import { caseRows, lockLearner, writeRows } from './recognition.store.js';

/** Adds files of evidence to cases. */
@Injectable()
export class AddEvidence {
  constructor(
    private readonly once: OnceWriter,
    private readonly access: CaseAccess,
    private readonly config: Config,
  ) {}

  /**
   * Adds a file; the same file again changes nothing. Refuses with `evidence-empty`, `evidence-too-large`,
   * `evidence-type-not-accepted`, `evidence-too-many`, or what the state of the case says.
   */
  async run(
    caller: Caller,
    once: OnceKey,
    recognitionId: string,
    { fileName, content }: NamedFile,
  ): Promise<Receipt<RecognitionCase>> {
    const { learnerId } = await this.access.find(caller, recognitionId);
    return this.once.run(once, async ({ sql }) => {
      const nowMs = this.access.nowMs();
      const mediaType = this.typeOf(fileName, content);
      const status = await lockLearner(sql, learnerId);
      if (status === 'closed') throw new Refusal('account-closed');
      const before = await this.access.read(sql, caller, learnerId, recognitionId);
      const contentHash = hashContent(content);
      const { keyId: actor, role } = caller;
      const pack = this.access.rules().forStep(before, 'evidence');
      const after = takeStep(before, { step: 'evidence', actor, role, detail: { contentHash } }, { pack, nowMs });
      if (before.evidence.some((file) => file.contentHash === contentHash)) return before;
      const limit = this.config.EVIDENCE_FILES;
      if (before.evidence.length >= limit) throw new Refusal('evidence-too-many', { limit });
      const file: EvidenceFile = {
        contentHash,
        fileName,
        mediaType,
        bytes: content.length,
        addedBy: actor,
        addedAt: nowMs,
      };
      await insertEvidence(sql, before, file, content);
      await writeRows(sql, caseRows(before, after));
      await recordDeeds(sql, [{ caller, action: 'recognition-evidence', subject: recognitionId, learnerId }], nowMs);
      return { ...after, evidence: [...before.evidence, file] };
    });
  }

  private typeOf(fileName: string, content: Buffer): string {
    if (content.length === 0) throw new Refusal('evidence-empty');
    const limit = this.config.EVIDENCE_LIMIT;
    if (content.length > limit) throw new Refusal('evidence-too-large', { limit, given: content.length });
    const type = evidenceTypeOf(content);
    if (!type || !hasFittingName(fileName, type)) throw new Refusal('evidence-type-not-accepted');
    return type;
  }
}
