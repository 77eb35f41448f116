import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageQuery } from '../platform/http/paging.js';
import { isCodeKey } from './code-key.js';
import { toProviderResponse, type ProviderResponse } from './provider.response.js';
import { listProviders, readProvider } from './provider.store.js';

/** Reads providers. */
@Injectable()
export class BrowseProviders {
  constructor(private readonly reader: Reader) {}

  /** Providers in order of code. Refuses with `cursor-invalid`. */
  async list(query: PageQuery): Promise<Page<ProviderResponse>> {
    const limit = limitOf(query);
    const after = keyOfCursor(query.cursor, isCodeKey)?.[0] ?? null;
    const rows = await listProviders(this.reader.sql, after, limit + 1);
    return toPage(rows, limit, ({ code }) => [code], toProviderResponse);
  }

  /** Refuses with `not-found`. */
  async one(providerId: string): Promise<ProviderResponse> {
    const provider = await readProvider(this.reader.sql, providerId);
    if (!provider) throw new Refusal('not-found');
    return toProviderResponse(provider);
  }
}
