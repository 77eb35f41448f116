import type { OutcomeFacts } from '../kernel/outcome.js';
import { isExpired } from '../ledger/domain/lots.js';
import type { AccountStatus } from '../ledger/domain/post-entry.js';
import { mergeTargets, readUsableLots, type LotState } from '../ledger/ledger.port.js';
import type { LotSources } from '../ledger/lot-sources.port.js';
import type { Sql } from '../platform/database/sql.js';
import { isRuleInForce, takesFrom, type ConversionRule } from '../policy/domain/conversion-rules.js';
import { creditTypeOf, programmeOf, type PolicyPack } from '../policy/domain/policy-pack.js';
import { personHistory, readConversions, readConvertedLots } from './conversion.store.js';
import type { KnownLots, LotCache } from './lot-cache.js';
import { rootsBeforeMerges, type MergedLot } from './read-merged-roots.js';
import { rulesAsked } from './domain/basic-checks.js';
import type { ConversionAsked, ConversionInputs, Root, SourceLot } from './domain/conversion-case.js';
import { decideConversion } from './domain/decide-conversion.js';

/** A learner's book as conversions see it, before anything is asked of a lot's learning. */
export interface ConversionBook {
  learnerId: string;
  version: number;
  status: AccountStatus;
  /** It is closed because it was merged into another account of the person. */
  isMerged: boolean;
  /** Usable lots: something is available, and their last day is not over. */
  lots: LotState[];
  /** Entries whose learning may be an attempt at a course, and is looked at whatever is asked. */
  named: Set<number>;
  /** What is known already of the learning behind lots. */
  facts: Map<number, OutcomeFacts>;
  roots(lot: LotState, pack: PolicyPack): Root[];
  /** False for a lot of which something was used in another account, before a merge. */
  isWholeBefore(lot: number): boolean;
  history: ConversionInputs['history'];
}

/** Reads it; null when there is no such account. */
export async function readConversionBook(
  sql: Sql,
  learnerId: string,
  today: string,
  cache?: LotCache,
): Promise<ConversionBook | null> {
  const account = await readAccount(sql, learnerId);
  if (!account) return null;
  const known = cache?.get(learnerId, account.version) ?? (await readLots(sql, learnerId, account.version, cache));
  const lots = known.lots.filter((lot) => !isExpired(lot, today));
  const conversions = await readConversions(sql, learnerId);
  const converted = conversions.length > 0 ? await readConvertedLots(sql, learnerId) : null;
  const merged = await rootsBeforeMerges(sql, learnerId, lots);
  return {
    ...{ learnerId, version: account.version, status: account.status, lots },
    ...{ named: known.named, facts: known.facts },
    isMerged: account.status === 'closed' && (await mergeTargets(sql, [learnerId])).has(learnerId),
    history: await personHistory(sql, learnerId, conversions),
    ...behindLots(merged, converted),
  };
}

/** What is known of where lots were before: in another account, or before a conversion. */
export function behindLots(
  merged: Map<number, MergedLot>,
  converted: Map<number, { roots: Root[] }> | null,
): Pick<ConversionBook, 'isWholeBefore' | 'roots'> {
  return {
    isWholeBefore: (lot) => merged.get(lot)?.isWhole ?? true,
    roots: ({ lot, version, creditType }, pack) =>
      merged.get(lot)?.roots(pack) ??
      converted?.get(lot)?.roots ?? [
        { entry: version, creditType, category: creditTypeOf(pack, creditType)?.category ?? null },
      ],
  };
}

async function readAccount(
  sql: Sql,
  learnerId: string,
): Promise<{ status: AccountStatus; version: number } | undefined> {
  const [account] = await sql.rows<{ status: AccountStatus; version: number }>(
    'select status, version from learning_account where learner_id = ?',
    [learnerId],
  );
  return account;
}

/** Lots as they are; kept only when nothing was written while they were read. */
async function readLots(sql: Sql, learnerId: string, version: number, cache?: LotCache): Promise<KnownLots> {
  const lots = await readUsableLots(sql, learnerId);
  const known = {
    version,
    lots,
    named: await entriesNotVisits(sql, learnerId),
    facts: new Map<number, OutcomeFacts>(),
  };
  if (cache && (await readAccount(sql, learnerId))?.version === version) cache.put(learnerId, known);
  return known;
}

async function entriesNotVisits(sql: Sql, learnerId: string): Promise<Set<number>> {
  const rows = await sql.rows<{ version: number }>(
    "select version from journal_entry where learner_id = ? and kind <> 'attendance'",
    [learnerId],
  );
  return new Set(rows.map(({ version }) => version));
}

/** Asks about those lots that nobody asked about yet at this version. */
async function learn(
  sql: Sql,
  sources: LotSources,
  { learnerId, facts }: ConversionBook,
  lots: LotState[],
): Promise<void> {
  const unknown = lots.filter(({ lot }) => !facts.has(lot));
  for (const [lot, found] of await sources.of(sql, learnerId, unknown)) facts.set(lot, found);
}

/** What a decision needs to know, with what was learnt behind the lots that matter. */
export async function conversionInputs(
  sql: Sql,
  sources: LotSources,
  book: ConversionBook,
  asking: { pack: PolicyPack; asked: ConversionAsked; today: string },
): Promise<ConversionInputs> {
  const { pack, asked, today } = asking;
  const rules = rulesAsked(pack, asked).filter((rule) => isRuleInForce(rule, today));
  const states = book.lots.filter(
    ({ lot, creditType }) =>
      (asked.lots === null || asked.lots.includes(lot)) &&
      (asked.from === null ? rules.some((rule) => takesFrom(rule, creditType)) : creditType === asked.from),
  );
  const placeholders = new Map(pack.creditTypes.map(({ code }) => [code, unasked(code)]));
  const inputs = (facts: Map<number, OutcomeFacts>): ConversionInputs => ({
    ...{ asked, status: book.status, ...(book.isMerged ? { isMerged: true as const } : {}) },
    ...{ today, restCenti: 0, history: book.history },
    lots: states.map((state) =>
      toSourceLot(
        book,
        pack,
        state,
        facts.get(state.lot) ?? placeholders.get(state.creditType) ?? unasked(state.creditType),
      ),
    ),
  });
  if (rules.some((rule) => asksOfLearning(pack, rule))) {
    await learn(sql, sources, book, states);
    return inputs(book.facts);
  }
  await learn(
    sql,
    sources,
    book,
    states.filter(({ version }) => book.named.has(version)),
  );
  // The rules ask nothing of what was learnt at visits: it is enough to know it of the lots that will be drawn.
  const { draws } = decideConversion(pack, inputs(book.facts)).decision;
  const drawn = new Set(draws.map(({ lot }) => lot));
  const drawnStates = states.filter(({ lot }) => drawn.has(lot));
  await learn(sql, sources, book, drawnStates);
  return inputs(book.facts);
}

/** True when which lots a rule takes, or how much, depends on what was learnt. */
function asksOfLearning(pack: PolicyPack, rule: ConversionRule): boolean {
  const asksMore = rule.sources.some(
    ({ only: { creditTypes: _, assessedOnly, minimumLevel, ...lists } }) =>
      assessedOnly || minimumLevel !== null || Object.values(lists).some((list) => list.length > 0),
  );
  const programmes = rule.targets.flatMap(({ programme }) => (programme ? (programmeOf(pack, programme) ?? []) : []));
  const isLimited = programmes.some(
    ({ caps, floors, recencyYears }) => caps.length + floors.length > 0 || recencyYears !== null,
  );
  return asksMore || rule.level !== 'none' || rule.caps.length > 0 || isLimited;
}

/** A lot as decisions look at it. */
export function toSourceLot(
  book: Pick<ConversionBook, 'isWholeBefore' | 'roots'>,
  pack: PolicyPack,
  state: LotState,
  facts: OutcomeFacts,
): SourceLot {
  const { lot, creditType, availableCenti, recognisedCenti, validUntil } = state;
  const isWhole = availableCenti === recognisedCenti && book.isWholeBefore(lot);
  return { lot, creditType, availableCenti, isWhole, validUntil, facts, roots: book.roots(state, pack) };
}

/** Stands in where no rule asks what was learnt. Only its type is ever looked at. */
function unasked(creditType: string): OutcomeFacts {
  return {
    origin: 'attendance',
    outcomeClass: 'activity',
    creditType,
    activityType: null,
    item: null,
    title: '',
    provider: null,
    level: null,
    isAssessed: false,
    grade: null,
    startsOn: '',
    endsOn: '',
    postedOn: '',
  };
}
