import { Injectable } from '@nestjs/common';
import { Clock } from '../../kernel/clock.js';
import type { OnceKey } from '../idempotency/idempotency.store.js';
import { OnceWriter } from '../idempotency/once-writer.service.js';
import { Receipt } from '../idempotency/receipt.js';
import type { IssuedApiKeyResponse } from './api-key.response.js';
import { ApiKeys } from './api-keys.service.js';
import type { Caller } from './caller.js';
import type { IssueApiKeyRequest } from './issue-api-key.request.js';
import { KeyOwners } from './key-owners.js';

/** Issues an API key. */
@Injectable()
export class IssueApiKey {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly keys: ApiKeys,
    private readonly owners: KeyOwners,
    private readonly clock: Clock,
  ) {}

  /**
   * The key's text is in the first answer and nowhere else: the answer kept for a replay has only its id and
   * `key: null`, because whoever can read the database must not learn a key. A caller who lost the first answer
   * revokes the key by its id and issues another one. Refuses with `provider-unknown`.
   */
  async run(caller: Caller, once: OnceKey, request: IssueApiKeyRequest): Promise<Receipt<IssuedApiKeyResponse>> {
    let key: string | null = null;
    const receipt = await this.onceWriter.run(once, async (transaction): Promise<IssuedApiKeyResponse> => {
      const { role, label } = request;
      const [providerId, learnerId, expertSince] = [
        request.providerId ?? null,
        request.learnerId ?? null,
        request.expertSince ?? null,
      ];
      const grant = {
        role,
        label,
        providerId: providerId ?? undefined,
        learnerId: learnerId ?? undefined,
        expertSince: expertSince ?? undefined,
      };
      await this.owners.check(transaction.sql, grant);
      const issued = await this.keys.issueIn(transaction, grant);
      key = issued.key;
      const { keyId } = issued;
      await this.owners.record(transaction.sql, { caller, action: 'issue-api-key', keyId }, this.clock.nowMs());
      return { keyId, key: null, role, label, providerId, learnerId, expertSince };
    });
    return receipt.replayed ? receipt : new Receipt({ ...receipt.answer, key }, false);
  }
}
