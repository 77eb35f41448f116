import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsOptional } from 'class-validator';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { IsDay } from '../platform/http/field-rules.js';
import { PlainText } from '../platform/http/plain-text.js';

/** A past day whose end the balance is asked for. */
export class AsOfQuery {
  @ApiPropertyOptional({ example: '2024-06-09', description: '截至该日终（Asia/Shanghai） As of the end of that day' })
  @IsOptional()
  @IsDay()
  asOf?: string;
}

/** Why an entry is undone. */
export class ReversalRequest {
  @ApiProperty({ example: '名单登记错误', minLength: 2, maxLength: 200 })
  @PlainText(2, 200)
  reason!: string;
}

/** A learner sees only their own book; to everyone else a book that is not theirs looks like none. */
export function requireOwnBook(caller: Caller, learnerId: string): void {
  if (caller.role === 'learner' && caller.learnerId !== learnerId) throw new Refusal('not-found');
}
