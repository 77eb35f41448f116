import { canonicalJson } from '../kernel/canonical-json.js';
import { shanghaiDay } from '../kernel/clock.js';
import type { EntryKind, PostingDraft } from '../ledger/domain/entry.js';
import type { SqlValue } from '../platform/database/sql.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import type { HoldEnd } from './conversion.entity.js';
import { conversionValues, INSERT_CONVERSION, toTraced } from './conversion.store.js';
import type { ConversionDecision, TracedDecision } from './domain/conversion-case.js';
import { conversionPostings, holdPostings, releasePostings } from './domain/conversion-postings.js';
import { marksOf } from './domain/past-parts.js';
import { isReproduced } from './read-conversion.service.js';
import { firstFailed } from './domain/basic-checks.js';
import type { RefusedConversion } from './refusals.store.js';
import type { LapseDetail } from './release-lapsed-hold.command.js';

/** An entry of a conversion, hold or release, with what the conversion's own tables say of it. */
export interface ConversionEntryRow {
  learner_id: string;
  version: number;
  kind: EntryKind;
  subject: string | null;
  policy_version: string | null;
  actor: string;
  occurred_at: number;
  detail: string | null;
  /** Version of the conversion that the entry made, held or settled; null when there is none. */
  conversion_version: number | null;
  rule: string;
  decided_by: string;
  cap_programme: string | null;
  is_ever: number;
  is_held: number;
  held_until: string | null;
  decided_on: string;
  from_centi: number;
  to_centi: number;
  parts: string;
  trace: string;
  /** How it waited: how that ended; `has_hold` is null where nothing says that it waited. */
  has_hold: number | null;
  listed_until: string | null;
  ended: HoldEnd | null;
  settled_version: number | null;
  /** Key of whoever asked for the conversion. */
  asked_by: string | null;
}

/** A movement of such an entry. */
export interface MovementRow {
  learner_id: string;
  version: number;
  source: string;
  destination: string;
  credit_type: string;
  amount: number;
  lot: number;
  valid_until: string | null;
}

/** What is on record of a lot that a conversion brought in. */
export interface LotRow {
  learner_id: string;
  lot: number;
  programme: string | null;
  item: string | null;
  facts: string;
  roots: string;
}

const NOT_AS_DECIDED = 'it did not move what was decided';

/** What is wrong with one entry, in words; nothing for a sound one. */
export function conversionFaults(
  row: ConversionEntryRow,
  pack: PolicyPack | null,
  movements: MovementRow[],
  lots: LotRow[],
): string[] {
  if (row.conversion_version === null) return [NOT_AS_DECIDED];
  const traced = toTraced(row);
  const isSettlement = row.conversion_version !== row.version;
  return [
    ...(isAsDecided(row, traced.decision, movements, isSettlement) ? [] : [NOT_AS_DECIDED]),
    ...lotFaults(traced.decision, movements, lots),
    ...(isSettlement ? settlementFaults(row) : decisionFaults(row, pack, traced)),
  ];
}

function isAsDecided(
  row: ConversionEntryRow,
  decision: ConversionDecision,
  movements: MovementRow[],
  isSettlement: boolean,
): boolean {
  if (row.subject !== decision.rule || row.policy_version !== decision.policyVersion) return false;
  const decided = expected(row.kind, isSettlement, decision).map(
    ({ source, destination, creditType, amount, lot, validUntil }) =>
      `${source} ${destination} ${creditType} ${amount} ${lot === 'new' ? (validUntil ?? null) : lot}`,
  );
  const moved = movements.map(
    ({ source, destination, credit_type, amount, lot, valid_until }) =>
      `${source} ${destination} ${credit_type} ${amount} ${source === 'issued' ? valid_until : lot}`,
  );
  return decided.sort().join('\n') === moved.sort().join('\n');
}

function expected(kind: EntryKind, isSettlement: boolean, decision: ConversionDecision): PostingDraft[] {
  if (kind === 'hold') return holdPostings(decision);
  if (kind === 'release') return releasePostings(decision);
  return conversionPostings(decision, '', isSettlement ? 'held' : 'available');
}

/** The decision is still there in every column, and made again it is the same. */
function decisionFaults(row: ConversionEntryRow, pack: PolicyPack | null, traced: TracedDecision): string[] {
  const faults = pack && isReproduced(pack, traced) ? [] : ['decided again, it comes out otherwise'];
  const rule = pack?.conversionRules.find(({ code }) => code === traced.decision.rule);
  const decided = conversionValues(row.learner_id, row.version, traced, marksOf(rule));
  const stored: Record<string, SqlValue> = { ...row, policy_version: row.decided_by };
  const wrong = INSERT_CONVERSION.columns.filter(
    (column, index) => !['parts', 'trace'].includes(column) && stored[column] !== decided[index],
  );
  if (rule && wrong.length > 0) faults.push(`its record is not what was decided: ${wrong.join(', ')}`);
  const waits = row.kind === 'hold' && row.settled_version === null;
  const isListed = row.has_hold !== null && row.listed_until === traced.decision.holdUntil;
  if ((row.kind === 'hold') !== isListed || (isListed && waits !== (row.ended === null)))
    faults.push('the list of what waits is wrong about it');
  return faults;
}

/** A refusal is a decision as well: made again it is the same, and its record says what it said. */
export function refusedFaults(
  { rule, code, policyVersion, traced }: RefusedConversion,
  pack: PolicyPack | null,
): string[] {
  const { decision } = traced;
  const isTold = rule === decision.rule && policyVersion === decision.policyVersion;
  return [
    ...(pack && isReproduced(pack, traced) ? [] : ['decided again, it comes out otherwise']),
    ...(isTold && code === firstFailed(decision)?.code ? [] : ['its record is not what was decided']),
  ];
}

/** What was approved was approved in time and by somebody else; what lapsed had its time. */
function settlementFaults({
  kind,
  actor,
  asked_by,
  occurred_at,
  detail,
  held_until,
  ended,
}: ConversionEntryRow): string[] {
  const faults: string[] = [];
  const lapsedAfter = (JSON.parse(detail ?? '{}') as Partial<LapseDetail>).lapsedAfter ?? null;
  const how: HoldEnd = kind === 'conversion' ? 'approved' : lapsedAfter === null ? 'refused' : 'lapsed';
  const day = shanghaiDay(occurred_at);
  if (how !== ended) faults.push(`it says that its hold was ${how}, the list of what waits says ${ended ?? 'nothing'}`);
  if (how === 'approved' && actor === asked_by) faults.push('it was approved by the one who asked for it');
  if (how === 'approved' && held_until !== null && day > held_until) faults.push('it was approved after its last day');
  if (how === 'lapsed' && (lapsedAfter !== held_until || held_until === null || day <= held_until))
    faults.push('it was given back as lapsed before its last day was over');
  return faults;
}

/** What is on record of the new lots is what was decided of them, lot by lot. */
function lotFaults({ newLots }: ConversionDecision, movements: MovementRow[], lots: LotRow[]): string[] {
  const numbers = movements.flatMap(({ source, lot }) => (source === 'issued' ? [lot] : [])).sort((a, b) => a - b);
  const byNumber = new Map(lots.map((lot) => [lot.lot, lot]));
  return numbers.flatMap((number, index) => {
    const [kept, decided] = [byNumber.get(number), newLots[index]];
    const told = kept && {
      ...{ programme: kept.programme, item: kept.item },
      ...{ facts: JSON.parse(kept.facts) as object, roots: JSON.parse(kept.roots) as object },
    };
    const { programme, item, facts, roots } = decided ?? {};
    const isSame = decided && told && canonicalJson(told) === canonicalJson({ programme, item, facts, roots });
    return isSame ? [] : [`what is on record of lot ${number} is not what was decided`];
  });
}
