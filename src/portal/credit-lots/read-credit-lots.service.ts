import { Injectable } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal.js';
import { isLive } from '../../ledger/domain/entry.js';
import { availableOf, isExpired, type Lot } from '../../ledger/domain/lots.js';
import type { CreditSummary } from '../../ledger/domain/summarise.js';
import type { StatedEntry } from '../../ledger/statements.service.js';
import { keyOfCursor, toPage, type Page, type PageKey } from '../../platform/http/paging.js';
import type { AsOf } from '../as-of.js';
import { entryTitle } from '../entry-line.js';
import type { Book } from '../book.js';
import { ReadBook } from '../read-book.service.js';
import { PLACES, type Place } from '../words.js';

const LOTS_A_PAGE = 100;

/** One inflow of credit, where it came from and where all of it is. */
export interface LotLine {
  lot: Lot;
  title: string;
  provider: string | null;
  parts: LotPart[];
  /** What is available of this lot can no longer be used. */
  isOutlived: boolean;
}

/** Hundredths of a lot in one bucket, and the entries that put them there. */
export interface LotPart {
  bucket: string;
  amountCenti: number;
  versions: number[];
}

/** Everything the page of one type of credit shows. */
export interface CreditLotsContent extends Book {
  summary: CreditSummary;
  /** Where the credit is whose number was opened; null when all of it was. */
  place: Place | null;
  lotCount: number;
  page: Page<LotLine>;
}

/** Puts the lots behind a number together. */
@Injectable()
export class ReadCreditLots {
  constructor(private readonly books: ReadBook) {}

  /** Lots of one type, newest first. Refuses with `cursor-invalid`, and with `not-found` when there never were any. */
  async run(
    learnerId: string,
    asOf: AsOf,
    creditType: string,
    { place, cursor }: { place: Place | null; cursor: string | undefined },
  ): Promise<CreditLotsContent> {
    const before = keyOfCursor(cursor, isLotKey)?.[0] ?? Infinity;
    const book = await this.books.run(learnerId, asOf);
    const summary = book.statement.credits.find((credit) => credit.creditType === creditType);
    if (!summary) throw new Refusal('not-found');
    const behind = book.lots.filter((lot) => lot.creditType === creditType && hasCredit(lot, place));
    const shown = behind
      .filter(({ lot }) => lot < before)
      .slice(-LOTS_A_PAGE - 1)
      .reverse();
    const toLine = await this.lineMaker(book, shown);
    return {
      ...book,
      summary,
      place,
      lotCount: behind.length,
      page: toPage(shown, LOTS_A_PAGE, ({ lot }) => [lot], toLine),
    };
  }

  private async lineMaker(book: Book, lots: Lot[]): Promise<(lot: Lot) => LotLine> {
    const wanted = new Set(lots.map(({ version }) => version));
    const origins = new Map(
      book.entries.filter(({ version }) => wanted.has(version)).map((entry) => [entry.version, entry]),
    );
    const sources = await this.books.lotSources(lots, book);
    const movers = moversOf(book.entries);
    const today = book.asOf.day ?? book.asOf.today;
    return (lot) => {
      const source = sources.get(lot.lot);
      return {
        lot,
        title: entryTitle(origins.get(lot.version)!, source, book.pack),
        provider: source?.provider ?? null,
        parts: partsOf(lot, movers),
        isOutlived: availableOf(lot) > 0 && isExpired(lot, today),
      };
    };
  }
}

function isLotKey(key: PageKey): key is [number] {
  return key.length === 1 && Number.isSafeInteger(key[0]);
}

function hasCredit(lot: Lot, place: Place | null): boolean {
  if (place) return (lot.buckets[place.bucket] ?? 0) > 0;
  return Object.values(lot.buckets).some((amount) => amount !== 0);
}

/** Entries that count and moved credit of a lot into a bucket; the key is `lot/bucket`. */
function moversOf(entries: StatedEntry[]): Map<string, number[]> {
  const reversals = new Map(
    entries.flatMap(({ version, reversesVersion }): [number, number][] =>
      reversesVersion === null ? [] : [[reversesVersion, version]],
    ),
  );
  const movers = new Map<string, number[]>();
  for (const { version, kind, postings } of entries) {
    if (kind === 'reversal' || !isLive(reversals, version)) continue;
    for (const key of new Set(postings.map(({ lot, destination }) => `${lot}/${destination}`))) {
      movers.set(key, [...(movers.get(key) ?? []), version]);
    }
  }
  return movers;
}

function partsOf({ lot, buckets }: Lot, movers: Map<string, number[]>): LotPart[] {
  const order = PLACES.map(({ bucket }) => bucket as string);
  return Object.entries(buckets)
    .filter(([, amountCenti]) => amountCenti !== 0)
    .map(([bucket, amountCenti]) => ({
      bucket,
      amountCenti,
      // What is available is where it came in: its entry stands beside it already.
      versions: bucket === 'available' ? [] : (movers.get(`${lot}/${bucket}`) ?? []),
    }))
    .sort((a, b) => order.indexOf(a.bucket) - order.indexOf(b.bucket));
}
