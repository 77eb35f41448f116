import { Refusal } from '../../kernel/refusal.js';

/** A card is only a token; the account is the record, so no status of a card touches an hour of it (DOMAIN ACC-1). */
export const CARD_STATUSES = ['issued', 'active', 'lost', 'replaced', 'closed'] as const;
/** What a card is now. */
export type CardStatus = (typeof CARD_STATUSES)[number];

/** From each status, what a card may become. A lost card that turns up again is destroyed: its number may be known. */
export const CARD_CHANGES: Record<CardStatus, readonly CardStatus[]> = {
  issued: ['active', 'lost', 'closed'],
  active: ['lost', 'closed'],
  lost: ['replaced', 'closed'],
  replaced: [],
  closed: [],
};

/** Statuses of which a learner has at most one card. */
const USABLE_STATUSES: readonly CardStatus[] = ['issued', 'active'];

/** Refuses with `card-change-not-allowed` unless a card of this status may become `wanted`. */
export function requireCardChange(status: CardStatus, wanted: CardStatus): void {
  if (!CARD_CHANGES[status].includes(wanted)) throw new Refusal('card-change-not-allowed', { status, wanted });
}

/** Refuses with `card-still-valid` when one of the learner's cards is usable: one usable card per person. */
export function requireNoUsableCard(statuses: CardStatus[]): void {
  if (statuses.some((status) => USABLE_STATUSES.includes(status))) throw new Refusal('card-still-valid');
}
