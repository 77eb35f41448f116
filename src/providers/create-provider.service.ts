import { Injectable } from '@nestjs/common';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { OnceWriter } from '../platform/idempotency/once-writer.service.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import type { CreateProviderRequest } from './create-provider.request.js';
import { insertIfNew } from '../platform/database/entity-sql.js';
import { newProvider } from './new-rows.js';
import { toProviderResponse, type ProviderResponse } from './provider.response.js';
import { providerEntity } from './providers.entity.js';
import { unitExists } from './unit.store.js';

/** Records a provider with its first approval. */
@Injectable()
export class CreateProvider {
  constructor(
    private readonly onceWriter: OnceWriter,
    private readonly clock: Clock,
  ) {}

  /** Refuses with `approval-period-invalid`, `unit-unknown` or `code-already-used`. */
  run(caller: Caller, once: OnceKey, request: CreateProviderRequest): Promise<Receipt<ProviderResponse>> {
    return this.onceWriter.run(once, async ({ sql }) => {
      const now = this.clock.nowMs();
      const row = newProvider(request, now);
      const { code, unitCode } = row;
      if (!(await unitExists(sql, unitCode))) throw new Refusal('unit-unknown', { unitCode });
      if (!(await insertIfNew(sql, providerEntity, row))) throw new Refusal('code-already-used', { takenCode: code });
      await recordDeeds(sql, [{ caller, action: 'create-provider', subject: code }], now);
      return toProviderResponse(row);
    });
  }
}
