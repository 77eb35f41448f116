import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import { toMergeResponse, type MergeResponse } from './merge.response.js';
import { findMerge } from './merges.store.js';

/** Shows a merge. */
@Injectable()
export class ReadMerge {
  constructor(private readonly reader: Reader) {}

  /** Both sides of it, and how it was undone. Refuses with `not-found`. */
  async run(mergeId: string): Promise<MergeResponse> {
    const merge = await findMerge(this.reader, mergeId);
    if (!merge) throw new Refusal('not-found');
    return toMergeResponse(merge);
  }
}
