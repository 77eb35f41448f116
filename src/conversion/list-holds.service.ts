import { Injectable } from '@nestjs/common';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey } from '../platform/http/paging.js';
import type { WaitingQuery } from './hold.request.js';
import { WaitingConversionResponse } from './hold.response.js';
import { waitingConversions, type WaitingKey } from './holds.store.js';

/** Lists what waits for somebody's approval. */
@Injectable()
export class ListHolds {
  constructor(
    private readonly reader: Reader,
    private readonly clock: Clock,
  ) {}

  /** Oldest first; only those that can no longer be approved where that is asked. Refuses with `cursor-invalid`. */
  async run(caller: Caller, query: WaitingQuery): Promise<Page<WaitingConversionResponse>> {
    const today = shanghaiDay(this.clock.nowMs());
    const limit = limitOf(query);
    const rows = await waitingConversions(this.reader.sql, {
      lapsedBefore: query.lapsed === 'true' ? today : null,
      after: keyOfCursor(query.cursor, isWaitingKey),
      limit: limit + 1,
    });
    return toPage(
      rows,
      limit,
      ({ heldAt, learnerId, version }) => [heldAt, learnerId, version],
      (row) => WaitingConversionResponse.of(row, { today, keyId: caller.keyId }),
    );
  }
}

function isWaitingKey(key: PageKey): key is WaitingKey {
  const [heldAt, learnerId, version] = key;
  return key.length === 3 && Number.isSafeInteger(heldAt) && isId(String(learnerId)) && Number.isSafeInteger(version);
}
