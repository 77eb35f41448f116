import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import type { ListUnitsQuery } from './list-units.request.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey } from '../platform/http/paging.js';
import { toUnitResponse, type UnitResponse, type UnitWithPathResponse } from './unit.response.js';
import { listUnits, unitPath } from './unit.store.js';

function isUnitKey(key: PageKey): key is [string] {
  return key.length === 1 && typeof key[0] === 'string' && /^\d{6,12}$/.test(key[0]);
}

/** Reads administrative units. */
@Injectable()
export class BrowseUnits {
  constructor(private readonly reader: Reader) {}

  /** Units in order of code. Refuses with `cursor-invalid`. */
  async list(query: ListUnitsQuery): Promise<Page<UnitResponse>> {
    const limit = limitOf(query);
    const { parent, level } = query;
    const after = keyOfCursor(query.cursor, isUnitKey)?.[0];
    const rows = await listUnits(this.reader.sql, { parent, level, after }, limit + 1);
    return toPage(rows, limit, ({ code }) => [code], toUnitResponse);
  }

  /** A unit with its path from the city down. Refuses with `not-found`. */
  async one(code: string): Promise<UnitWithPathResponse> {
    const path = (await unitPath(this.reader.sql, code)).map(toUnitResponse);
    const unit = path.at(-1);
    if (!unit) throw new Refusal('not-found');
    return { ...unit, path };
  }
}
