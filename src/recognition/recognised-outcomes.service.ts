import { Injectable } from '@nestjs/common';
import { Reader } from '../platform/database/data-sources.js';
import type { Sql } from '../platform/database/sql.js';
import { casesOfLearner } from './recognition.store.js';

/** What was recognised, as statements and documents name it. */
export interface RecognisedOutcome {
  title: string;
  issuer: string;
}

/** Names recognised outcomes for pages and documents. */
@Injectable()
export class RecognisedOutcomes {
  constructor(private readonly reader: Reader) {}

  /** Outcomes of a learner by the id of their case. Inside a transaction it is given its `sql`. */
  async of(learnerId: string, sql: Sql = this.reader.sql): Promise<Map<string, RecognisedOutcome>> {
    const cases = await casesOfLearner(sql, learnerId);
    return new Map([...cases].map(([id, { content }]) => [id, { title: content.title, issuer: content.issuer }]));
  }
}
