import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey, type PageQuery } from '../platform/http/paging.js';
import { RefusedConversionResponse } from './refused.response.js';
import { refusedOf, type RefusedKey } from './refusals.store.js';

/** Lists what a learner was refused, each with its trace behind its id. */
@Injectable()
export class ListRefused {
  constructor(private readonly reader: Reader) {}

  /** Newest first. Refuses with `not-found` or `cursor-invalid`. */
  async run(learnerId: string, query: PageQuery): Promise<Page<RefusedConversionResponse>> {
    const { sql } = this.reader;
    const limit = limitOf(query);
    const after = keyOfCursor(query.cursor, isRefusedKey);
    const [account] = await sql.rows('select status from learning_account where learner_id = ?', [learnerId]);
    if (!account) throw new Refusal('not-found');
    const rows = await refusedOf(sql, learnerId, { after, limit: limit + 1 });
    const keyOf = ({ decidedAt, refusalKey }: (typeof rows)[number]): RefusedKey => [decidedAt, refusalKey];
    return toPage(rows, limit, keyOf, RefusedConversionResponse.of);
  }
}

function isRefusedKey(key: PageKey): key is RefusedKey {
  return key.length === 2 && Number.isSafeInteger(key[0]) && typeof key[1] === 'string';
}
