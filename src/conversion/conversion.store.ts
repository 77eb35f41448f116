import { groupBy } from '../kernel/group-by.js';
import { entryId, isLive } from '../ledger/domain/entry.js';
import { personAccounts, readReversals } from '../ledger/ledger.port.js';
import type { SourceFacts } from '../ledger/lot-sources.port.js';
import type { InsertTarget, Sql, SqlValue } from '../platform/database/sql.js';
import type { OutcomeName, Part, PastPart, Root, TracedDecision } from './domain/conversion-case.js';
import { pastParts, type ConversionMarks } from './domain/past-parts.js';

/** Writes conversions; a learner and version that exist fail the transaction. */
export const INSERT_CONVERSION: InsertTarget = {
  table: 'conversion',
  columns: [
    ...['learner_id', 'version', 'rule', 'policy_version', 'cap_programme', 'is_ever', 'is_held', 'held_until'],
    ...['decided_on', 'from_centi', 'to_centi', 'parts', 'trace'],
  ],
};
/** Writes settlements of holds; a second one for the same hold fails the transaction. */
export const INSERT_SETTLEMENT: InsertTarget = {
  table: 'conversion_settlement',
  columns: ['learner_id', 'conversion_version', 'version', 'outcome'],
};
/** Writes the lots that conversions brought in. */
export const INSERT_CONVERSION_LOT: InsertTarget = {
  table: 'conversion_lot',
  columns: ['learner_id', 'lot', 'conversion_version', 'programme', 'item', 'facts', 'roots'],
};

/** Row of a decision that was made. */
export function conversionValues(
  learnerId: string,
  version: number,
  { decision, inputs, others }: TracedDecision,
  rule: ConversionMarks,
): SqlValue[] {
  const { parts, ...rest } = decision;
  return [
    ...[learnerId, version, decision.rule, decision.policyVersion, rule.capProgramme, rule.isEver ? 1 : 0],
    ...[
      decision.approval === 'required' ? 1 : 0,
      decision.holdUntil,
      inputs.today,
      decision.fromCenti,
      decision.toCenti,
    ],
    ...[JSON.stringify(parts), JSON.stringify({ decision: rest, inputs, ...(others.length > 0 ? { others } : {}) })],
  ];
}

/** Where a conversion stands: its credit waits, moved, came back unmoved, or was moved back. */
export type ConversionState = 'held' | 'converted' | 'released' | 'reversed';

/** One conversion with what became of it. */
export interface StoredConversion extends ConversionMarks {
  learnerId: string;
  version: number;
  rule: string;
  policyVersion: string;
  heldUntil: string | null;
  decidedOn: string;
  state: ConversionState;
  /** Version of the entry that moved the credit, or null while none has. */
  executedVersion: number | null;
  /** Version of the entry that ended its hold. */
  settledVersion: number | null;
  parts: Part[];
}

/** A conversion as its table and that of settlements have it. */
interface ConversionTableRow {
  learner_id: string;
  version: number;
  rule: string;
  policy_version: string;
  cap_programme: string | null;
  is_ever: number;
  is_held: number;
  held_until: string | null;
  decided_on: string;
  parts: string;
  settled_version: number | null;
  outcome: 'converted' | 'released' | null;
}

/** Columns of a {@link ConversionTableRow}, and where they are. */
const CONVERSION_COLUMNS = `c.learner_id, c.version, c.rule, c.policy_version, c.cap_programme, c.is_ever, c.is_held, c.held_until,
  c.decided_on, c.parts, s.version as settled_version, s.outcome`;
const OF_CONVERSIONS = `from conversion c
  left join conversion_settlement s on s.learner_id = c.learner_id and s.conversion_version = c.version`;
const CONVERSIONS = `select ${CONVERSION_COLUMNS} ${OF_CONVERSIONS}`;

/** All conversions of a learner, oldest first. Their traces are read one at a time by {@link readTrace}. */
export async function readConversions(sql: Sql, learnerId: string): Promise<StoredConversion[]> {
  const rows = await sql.rows<ConversionTableRow>(`${CONVERSIONS} where c.learner_id = ? order by c.version`, [
    learnerId,
  ]);
  if (rows.length === 0) return [];
  const reversals = await readReversals(sql, learnerId);
  return rows.map((row) => toStored(row, reversals));
}

/** A conversion from its row, with what was undone in its book. */
function toStored(row: ConversionTableRow, reversals: Map<number, number>): StoredConversion {
  const executedVersion = executedBy(row);
  return {
    ...{ learnerId: row.learner_id, version: row.version, rule: row.rule, policyVersion: row.policy_version },
    ...{ capProgramme: row.cap_programme, isEver: row.is_ever === 1, heldUntil: row.held_until },
    ...{ decidedOn: row.decided_on, executedVersion, settledVersion: row.settled_version },
    state: stateOf(row, executedVersion, reversals),
    parts: JSON.parse(row.parts) as Part[],
  };
}

function executedBy({ is_held, version, outcome, settled_version }: ConversionTableRow): number | null {
  if (is_held === 0) return version;
  return outcome === 'converted' ? settled_version : null;
}

function stateOf(
  { outcome }: ConversionTableRow,
  executedVersion: number | null,
  reversals: Map<number, number>,
): ConversionState {
  if (executedVersion !== null) return isLive(reversals, executedVersion) ? 'converted' : 'reversed';
  return outcome === 'released' ? 'released' : 'held';
}

/** Parts of the conversions that count: held or moved, and not moved back. */
export function countedParts(conversions: StoredConversion[]): PastPart[] {
  return conversions.filter(({ state }) => state === 'held' || state === 'converted').flatMap(pastParts);
}

/** The same for all accounts of the person who keeps this one, of which `own` are the conversions. */
export async function personHistory(sql: Sql, learnerId: string, own: StoredConversion[]): Promise<PastPart[]> {
  const [, ...merged] = (await personAccounts(sql, [learnerId])).get(learnerId)!;
  const history = countedParts(own);
  for (const account of merged) {
    history.push(...partsElsewhere(account, countedParts(await readConversions(sql, account))));
  }
  return history;
}

/** Parts of a merged account, as the account that was kept sees them. */
export function partsElsewhere(account: string, parts: PastPart[]): PastPart[] {
  return parts.map((part) => ({
    ...part,
    lot: 0,
    outcomes: part.outcomes.map((outcome) => outcomeElsewhere(account, outcome)),
  }));
}

/** A conversion with its decision, and when it was recorded. */
export interface DecidedConversion extends StoredConversion {
  traced: TracedDecision;
  recordedAt: number;
}

/** All conversions of many learners with their traces, oldest first; `reversals` says what was undone in each book. */
export async function readDecided(
  sql: Sql,
  learnerIds: string[],
  reversals: Map<string, Map<number, number>>,
): Promise<Map<string, DecidedConversion[]>> {
  const rows = await sql.rowsByKeys<ConversionTableRow & { trace: string; recorded_at: number }>(
    `select ${CONVERSION_COLUMNS}, c.trace, e.recorded_at ${OF_CONVERSIONS}
     join journal_entry e on e.learner_id = c.learner_id and e.version = c.version`,
    ['c.learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
    'order by c.learner_id, c.version',
  );
  const decided = rows.map((row) => ({
    ...toStored(row, reversals.get(row.learner_id) ?? new Map<number, number>()),
    ...{ traced: toTraced(row), recordedAt: row.recorded_at },
  }));
  return groupBy(decided, ({ learnerId }) => learnerId);
}

/** Those of some learners who converted something on a day of a period. */
export async function whoConverted(
  sql: Sql,
  learnerIds: string[],
  { from, to }: { from: string; to: string },
): Promise<string[]> {
  const rows = await sql.rowsByKeys<{ learner_id: string; decided_on: string }>(
    'select learner_id, decided_on from conversion',
    ['learner_id'],
    learnerIds.map((learnerId) => [learnerId]),
  );
  const some = rows.filter(({ decided_on }) => from <= decided_on && decided_on <= to);
  return [...new Set(some.map(({ learner_id }) => learner_id))];
}

/** What an outcome of a merged account is called outside of it. */
export function outcomeElsewhere(account: string, outcome: OutcomeName): string {
  return typeof outcome === 'number' ? entryId(account, outcome) : outcome;
}

/** The decision of a conversion with its inputs, or null when there is no such conversion. */
export async function readTrace(sql: Sql, learnerId: string, version: number): Promise<TracedDecision | null> {
  const [row] = await sql.rows<{ parts: string; trace: string }>(
    'select parts, trace from conversion where learner_id = ? and version = ?',
    [learnerId, version],
  );
  return row ? toTraced(row) : null;
}

/** What is kept of a trace: left out where no other rule was tried. */
type Kept<T extends { others: unknown }> = Omit<T, 'others'> & Partial<Pick<T, 'others'>>;

/** A traced decision from the two columns it is kept in. */
export function toTraced({ parts, trace }: { parts: string; trace: string }): TracedDecision {
  const { decision, inputs, others = [] } = JSON.parse(trace) as Kept<TracedDecision>;
  return { decision: { ...decision, parts: JSON.parse(parts) as Part[] }, inputs, others };
}

/** What a converted lot comes from. */
export interface ConvertedLot {
  facts: SourceFacts;
  roots: Root[];
}

interface ConvertedLotRow {
  learner_id: string;
  lot: number;
  facts: string;
  roots: string;
}

const CONVERTED_LOTS = 'select learner_id, lot, facts, roots from conversion_lot';

/** What a learner's converted lots come from, by lot; all of them, or those that are named. */
export async function readConvertedLots(
  sql: Sql,
  learnerId: string,
  lots?: number[],
): Promise<Map<number, ConvertedLot>> {
  if (!lots) return (await readConvertedLotsOf(sql, [learnerId])).get(learnerId) ?? new Map<number, ConvertedLot>();
  const keys = lots.map((lot) => [learnerId, lot]);
  return byLot(await sql.rowsByKeys<ConvertedLotRow>(CONVERTED_LOTS, ['learner_id', 'lot'], keys));
}

/** The same for many learners at once; those without any are missing. */
export async function readConvertedLotsOf(
  sql: Sql,
  learnerIds: string[],
): Promise<Map<string, Map<number, ConvertedLot>>> {
  const keys = learnerIds.map((learnerId) => [learnerId]);
  const rows = await sql.rowsByKeys<ConvertedLotRow>(CONVERTED_LOTS, ['learner_id'], keys);
  return new Map([...groupBy(rows, ({ learner_id }) => learner_id)].map(([learnerId, own]) => [learnerId, byLot(own)]));
}

function byLot(rows: ConvertedLotRow[]): Map<number, ConvertedLot> {
  return new Map(
    rows.map(({ lot, facts, roots }) => [
      lot,
      { facts: JSON.parse(facts) as SourceFacts, roots: JSON.parse(roots) as Root[] },
    ]),
  );
}
