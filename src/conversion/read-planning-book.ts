import { Refusal } from '../kernel/refusal.js';
import type { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { ConversionInputs } from './domain/conversion-case.js';
import { readConversionBook, toSourceLot } from './read-conversion-case.js';

/** Everything that decides what conversions a learner could make today. */
export type PlanningBook = Pick<ConversionInputs, 'status' | 'isMerged' | 'today' | 'history' | 'lots'>;

/** Reads it for a plan, with what was learnt behind every usable lot. Refuses with `not-found`. */
export async function readPlanningBook(
  sql: Sql,
  sources: LotSources,
  { learnerId, pack, today }: { learnerId: string; pack: PolicyPack; today: string },
): Promise<PlanningBook> {
  const book = await readConversionBook(sql, learnerId, today);
  if (!book) throw new Refusal('not-found');
  const facts = await sources.of(sql, learnerId, book.lots);
  const { status, history } = book;
  return {
    ...{ status, ...(book.isMerged ? { isMerged: true as const } : {}), today, history },
    lots: book.lots.map((state) => toSourceLot(book, pack, state, facts.get(state.lot)!)),
  };
}
