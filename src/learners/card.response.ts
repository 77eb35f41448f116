import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { toIsoInstant } from '../kernel/clock.js';
import { countyOfCard } from './domain/card-number.js';
import { CARD_STATUSES, type CardStatus } from './domain/card-status.js';
import type { LearningCard } from './learners.entity.js';

const INSTANT = '2024-06-03T01:00:00.000Z';

/** A card. A provider sees only its number and status. */
export class CardResponse {
  @ApiProperty({ example: '140106000000019' })
  cardNumber!: string;

  @ApiProperty({ enum: CARD_STATUSES, example: 'active' })
  status!: CardStatus;

  @ApiPropertyOptional({ example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e', format: 'uuid' })
  learnerId?: string;

  @ApiPropertyOptional({ example: '140106', description: '发卡县 County of issue' })
  countyCode?: string;

  @ApiPropertyOptional({ example: INSTANT })
  issuedAt?: string;

  @ApiPropertyOptional({ type: String, example: INSTANT, nullable: true })
  activatedAt?: string | null;

  @ApiPropertyOptional({ type: String, example: null, nullable: true })
  lostAt?: string | null;

  @ApiPropertyOptional({ type: String, example: null, nullable: true })
  closedAt?: string | null;

  @ApiPropertyOptional({
    type: String,
    example: null,
    nullable: true,
    description: '所替换的遗失卡 The lost card it stands in for',
  })
  replaces?: string | null;
}

/** Everything of a card that its holder and the bank's staff may see. */
export function toCardResponse(card: LearningCard): CardResponse {
  return {
    cardNumber: card.cardNumber,
    status: card.status,
    learnerId: card.learnerId,
    countyCode: countyOfCard(card.cardNumber),
    issuedAt: toIsoInstant(card.issuedAt),
    activatedAt: instantOrNull(card.activatedAt),
    lostAt: instantOrNull(card.lostAt),
    closedAt: instantOrNull(card.closedAt),
    replaces: card.replaces,
  };
}

function instantOrNull(instantMs: number | null): string | null {
  return instantMs === null ? null : toIsoInstant(instantMs);
}
