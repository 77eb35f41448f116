import { Injectable } from '@nestjs/common';
import type { RefusalCode } from '../../kernel/refusal.js';
import { learnersByCard, readCardNumber } from '../../learners/learners.port.js';
import { Reader } from '../../platform/database/data-sources.js';
import { PROBLEMS } from '../../platform/problems/problem-catalogue.js';
import type { Named } from '../../policy/domain/schema-parts.js';

/** Finds accounts for people who know something else than their id. */
@Injectable()
export class FindAccount {
  constructor(private readonly reader: Reader) {}

  /** The account of a card, lost and replaced ones too, or what is wrong with the number in words. */
  async byCard(typed: string): Promise<{ learnerId: string } | { mistake: Named }> {
    const reading = readCardNumber(typed);
    if ('mangled' in reading) return mistakeOf('card-number-mangled');
    if ('invalid' in reading) return mistakeOf('card-number-invalid');
    const learnerId = (await learnersByCard(this.reader.sql, [reading.ok])).get(reading.ok);
    return learnerId ? { learnerId } : mistakeOf('card-unknown');
  }
}

function mistakeOf(code: RefusalCode): { mistake: Named } {
  return { mistake: PROBLEMS[code].detail };
}
