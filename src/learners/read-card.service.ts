import { Injectable } from '@nestjs/common';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { toCardResponse, type CardResponse } from './card.response.js';
import { reachCard } from './reach-card.js';

/** Tells what a card is. */
@Injectable()
export class ReadCard {
  constructor(private readonly reader: Reader) {}

  /** Staff and the holder see whose it is and when it changed; a provider only whether it may be used. */
  async run(caller: Caller, numberText: string): Promise<CardResponse> {
    const card = await reachCard(this.reader, caller, numberText);
    if (caller.role === 'provider') return { cardNumber: card.cardNumber, status: card.status };
    return toCardResponse(card);
  }
}
