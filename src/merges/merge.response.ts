import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { entryId } from '../ledger/domain/entry.js';
import type { AccountMerge } from '../ledger/ledger.port.js';
import type { MergeSides } from './merges.store.js';

const ID = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const OTHER = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f';
const INSTANT = '2024-06-10T04:00:00.000Z';
const NONE = { nullable: true, type: String, example: null };

/** How a merge was undone. */
export class MergeReversalResponse {
  @ApiProperty({ example: INSTANT })
  reversedAt!: string;

  @ApiProperty({ example: '两人同名，并非同一人' })
  reason!: string;

  @ApiProperty({ ...NONE, example: `${ID}.19`, description: '保留账户的冲正分录 Reversal in the kept account' })
  keptEntryId!: string | null;

  @ApiProperty({ ...NONE, example: `${OTHER}.5`, description: '重复账户的冲正分录 Reversal in the duplicate' })
  duplicateEntryId!: string | null;
}

/** Two accounts that became one. */
export class MergeResponse {
  @ApiProperty({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d50', format: 'uuid' })
  mergeId!: string;

  @ApiProperty({ example: ID, format: 'uuid', description: '保留的账户 The account that was kept' })
  learnerId!: string;

  @ApiProperty({ example: OTHER, format: 'uuid', description: '并入并关闭的账户 The account that was closed' })
  duplicateLearnerId!: string;

  @ApiProperty({ ...NONE, example: `${ID}.18`, description: '转入分录；没有可转的为空 Null where nothing came in' })
  keptEntryId!: string | null;

  @ApiProperty({ ...NONE, example: `${OTHER}.4`, description: '转出分录；没有可转的为空 Null where nothing went out' })
  duplicateEntryId!: string | null;

  @ApiProperty({ example: '同一人先后用护照和身份证开户，已核对两证原件' })
  reason!: string;

  @ApiProperty({ example: INSTANT })
  mergedAt!: string;

  @ApiProperty({ nullable: true, type: MergeReversalResponse, description: '撤销；未撤销为空 Null while it stands' })
  reversal!: MergeReversalResponse | null;
}

/** A merge as the API says it: both accounts, their entries, and its reversal if there was one. */
export function toMergeResponse({ kept, closed }: MergeSides): MergeResponse {
  const named = ({ learnerId }: AccountMerge, version: number | null) =>
    version === null ? null : entryId(learnerId, version);
  return {
    mergeId: kept.mergeId,
    learnerId: kept.learnerId,
    duplicateLearnerId: closed.learnerId,
    keptEntryId: named(kept, kept.version),
    duplicateEntryId: named(closed, closed.version),
    reason: kept.reason,
    mergedAt: toIsoInstant(kept.recordedAt),
    reversal:
      kept.reversedAt === null
        ? null
        : {
            reversedAt: toIsoInstant(kept.reversedAt),
            reason: kept.reversalReason ?? '',
            keptEntryId: named(kept, kept.reversalVersion),
            duplicateEntryId: named(closed, closed.reversalVersion),
          },
  };
}
