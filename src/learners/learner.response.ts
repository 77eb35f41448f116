import { ApiProperty } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { CardResponse, toCardResponse } from './card.response.js';
import { IDENTITY_TYPES, type IdentityType } from './domain/identity-number.js';
import type { Holder } from './learner-records.service.js';
import type { AccountChange, LearningCard } from './learners.entity.js';

const ACCOUNT_STATUSES = ['active', 'frozen', 'closed'] satisfies AccountStatus[];
const ID = { example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' };
const MASKED = { example: '140*************15', description: '证件号码掩码 Document number, masked' };
const UNIT = { example: '140106001901', description: '所属行政区划 Administrative unit' };
const OPENED_ON = { example: '2024-06-03', description: '开户日 Day of opening, Asia/Shanghai' };

/** An account that has been opened. Without the name: this answer is kept under its idempotency key. */
export class OpenedAccountResponse {
  @ApiProperty(ID)
  learnerId!: string;

  @ApiProperty({ enum: ACCOUNT_STATUSES, example: 'active' })
  status!: AccountStatus;

  @ApiProperty(MASKED)
  maskedIdentity!: string;

  @ApiProperty(UNIT)
  unitCode!: string;

  @ApiProperty(OPENED_ON)
  openedOn!: string;
}

/** What an account has become. */
export class AccountResponse {
  @ApiProperty(ID)
  learnerId!: string;

  @ApiProperty({ enum: ACCOUNT_STATUSES, example: 'frozen' })
  status!: AccountStatus;
}

/** A learner in a list or found by document. */
export class LearnerSummaryResponse extends OpenedAccountResponse {
  @ApiProperty({ example: '张示例' })
  name!: string;

  @ApiProperty({ enum: IDENTITY_TYPES, example: 'RESIDENT_ID' })
  identityType!: IdentityType;

  @ApiProperty({
    ...ID,
    type: String,
    nullable: true,
    example: null,
    description: '已并入的账户 Account that this one was merged into',
  })
  mergedInto!: string | null;
}

/** One change of an account's status. */
export class AccountChangeResponse {
  @ApiProperty({ enum: ACCOUNT_STATUSES, example: 'active' })
  statusBefore!: AccountStatus;

  @ApiProperty({ enum: ACCOUNT_STATUSES, example: 'frozen' })
  statusAfter!: AccountStatus;

  @ApiProperty({ example: '本人申请' })
  reason!: string;

  @ApiProperty({ example: '2024-06-03T01:00:00.000Z' })
  changedAt!: string;
}

/** A learner with cards, and why the account is what it is. */
export class LearnerResponse extends LearnerSummaryResponse {
  @ApiProperty({ type: [CardResponse], description: '学习卡，先发在前 Cards, oldest first' })
  cards!: CardResponse[];

  @ApiProperty({ type: [AccountChangeResponse], description: '状态变更，先发生在前 Changes of status, oldest first' })
  statusChanges!: AccountChangeResponse[];
}

/** One page of learners. */
export class LearnerPageResponse {
  @ApiProperty({ type: [LearnerSummaryResponse] })
  items!: LearnerSummaryResponse[];

  @ApiProperty({ type: String, nullable: true, example: null, description: '下一页的 cursor Cursor of the next page' })
  next!: string | null;
}

/** A learner in a list: the document number masked, no cards. */
export function toLearnerSummary(holder: Holder): LearnerSummaryResponse {
  const { learnerId, name, identityType, maskedIdentity, unitCode, status, mergedInto, openedOn } = holder;
  return { learnerId, name, identityType, maskedIdentity, unitCode, status, mergedInto, openedOn };
}

/** A learner with cards and changes of status; the document number masked. */
export function toLearnerResponse(holder: Holder, cards: LearningCard[], changes: AccountChange[]): LearnerResponse {
  return {
    ...toLearnerSummary(holder),
    cards: cards.map(toCardResponse),
    statusChanges: changes.map(({ statusBefore, statusAfter, reason, recordedAt }) => ({
      statusBefore,
      statusAfter,
      reason,
      changedAt: toIsoInstant(recordedAt),
    })),
  };
}
