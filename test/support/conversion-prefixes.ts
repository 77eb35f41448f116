import type {
  ConversionLotRow,
  ConversionRow,
  ConversionSettlementRow,
} from '../../src/conversion/conversion.entity.js';
import type { Part, Root } from '../../src/conversion/domain/conversion-case.js';
import { isLive, type Entry } from '../../src/ledger/domain/entry.js';
import { foldLots } from '../../src/ledger/domain/lots.js';
import { readEntries } from '../../src/ledger/ledger.port.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { periodStart } from '../../src/policy/domain/calendar.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import { MANY_RULES } from './conversion-rules.js';
import type { TestApp } from './app.js';

const { calendar } = readPolicyPack(MANY_RULES);
/** Half of the 0.95 of its programme, and the most of one institution in a year. Hundredths. */
const SHARE_CENTI = 47;
const YEAR_CENTI = 25;
const PARTS = ['available', 'held', 'converted', 'awarded', 'expired'];

/** One learner's book with everything that was ever converted in it. */
export interface ToldBook {
  entries: Entry[];
  conversions: (ConversionRow & { settlement: ConversionSettlementRow | undefined })[];
  /** Roots of the lots that conversions brought in. */
  roots: { creditType: string; roots: Root[] }[];
}

/** Reads it straight from the tables. */
export async function toldBook({ app }: TestApp, learnerId: string): Promise<ToldBook> {
  const { sql, orm } = app.get(Reader);
  const entries = await readEntries(sql, learnerId, { from: 1, through: 100_000, limit: 100_000 });
  const rows = await orm.find<ConversionRow>('conversion', { where: { learnerId }, order: { version: 'ASC' } });
  const settled = await orm.find<ConversionSettlementRow>('conversion_settlement', { where: { learnerId } });
  const lots = await orm.find<ConversionLotRow>('conversion_lot', { where: { learnerId } });
  const types = new Map(entries.flatMap(({ postings }) => postings.map(({ lot, creditType }) => [lot, creditType])));
  return {
    entries: entries.reverse(),
    conversions: rows.map((row) => ({
      ...row,
      settlement: settled.find(({ conversionVersion }) => conversionVersion === row.version),
    })),
    roots: lots.map(({ lot, roots }) => ({ creditType: types.get(lot)!, roots: JSON.parse(roots) as Root[] })),
  };
}

/**
 * What is wrong with a book at any of its prefixes, in words (DOMAIN 5.10: 4–7): the parts of a lot that are not what it brought in,
 * an outcome that served once and serves again, more under a limit than it allows, leisure among degree credit.
 */
export function prefixFaults(book: ToldBook): string[] {
  const faults = book.entries.flatMap(({ version }) => faultsAt(book, version).map((what) => `${version}: ${what}`));
  const degree = book.roots.filter(({ creditType }) => creditType === 'degree').flatMap(({ roots }) => roots);
  return degree.some(({ category }) => category === 'leisure') ? [...faults, 'leisure became degree credit'] : faults;
}

function faultsAt({ entries, conversions }: ToldBook, version: number): string[] {
  const before = entries.filter((entry) => entry.version <= version);
  const faults: string[] = [];
  const held = { lots: 0, conversions: 0 };
  for (const { lot, recognised, buckets } of foldLots(before.flatMap(({ postings }) => postings)).values()) {
    const sum = Object.values(buckets).reduce((total, amount) => total + amount, 0);
    const isKnown = Object.keys(buckets).every((bucket) => PARTS.includes(bucket));
    if (sum !== recognised || !isKnown || Object.values(buckets).some((amount) => amount < 0))
      faults.push(`lot ${lot} of ${recognised} is ${JSON.stringify(buckets)}`);
    held.lots += buckets['held'] ?? 0;
  }
  const counted = conversions.filter((each) => stateAt(each, before, version) !== null);
  for (const each of counted) if (stateAt(each, before, version) === 'held') held.conversions += each.fromCenti;
  if (held.lots !== held.conversions) faults.push(`${held.lots} are held, ${held.conversions} wait for approval`);
  return [...faults, ...overusedOutcomes(counted), ...overrunLimits(counted)];
}

type Told = ToldBook['conversions'][number];

/** Where a conversion stood: it waited, it counted, or neither. */
function stateAt(told: Told, before: Entry[], version: number): 'held' | 'converted' | null {
  if (told.version > version) return null;
  const { settlement } = told;
  const isSettled = settlement !== undefined && settlement.version <= version;
  if (told.isHeld === 1 && !isSettled) return 'held';
  if (settlement?.outcome === 'released') return null;
  const reversals = new Map(
    before.flatMap((entry) =>
      entry.reversesVersion === null ? [] : [[entry.reversesVersion, entry.version] as const],
    ),
  );
  return isLive(reversals, settlement?.version ?? told.version) ? 'converted' : null;
}

function partsOf({ parts }: Told): Part[] {
  return JSON.parse(parts) as Part[];
}

function overusedOutcomes(counted: Told[]): string[] {
  const uses = new Map<string, Set<number>>();
  for (const told of counted)
    for (const outcome of partsOf(told).flatMap(({ outcomes }) => outcomes))
      uses.set(String(outcome), (uses.get(String(outcome)) ?? new Set()).add(told.version));
  const once = counted.filter(({ isEver }) => isEver === 1).flatMap((told) => partsOf(told));
  return [...new Set(once.flatMap(({ outcomes }) => outcomes))].flatMap((outcome) => {
    const by = uses.get(String(outcome))!;
    return by.size > 1 ? [`outcome ${outcome} serves conversions ${[...by].join(' and ')}`] : [];
  });
}

function overrunLimits(counted: Told[]): string[] {
  const sums = new Map<string, number>();
  const add = (name: string, centi: number) => sums.set(name, (sums.get(name) ?? 0) + centi);
  for (const told of counted) {
    for (const { creditType, centi, source } of partsOf(told)) {
      if (told.capProgramme === 'community-care' && creditType === 'vocational') add('share', centi);
      if (told.rule === 'held')
        add(`year ${periodStart(calendar, 'year', told.decidedOn)} ${source.provider ?? ''}`, centi);
    }
  }
  return [...sums].flatMap(([name, centi]) =>
    centi > (name === 'share' ? SHARE_CENTI : YEAR_CENTI) ? [`${centi} under the limit ${name}`] : [],
  );
}
