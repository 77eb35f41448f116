import { Injectable } from '@nestjs/common';
import { Documents } from '../../certificates/certificates.port.js';
import { expiringLots, type ExpiringLot } from '../../expiry/expiry.port.js';
import { usableCenti } from '../../ledger/domain/lots.js';
import type { CreditSummary } from '../../ledger/domain/summarise.js';
import type { Holder } from '../../learners/learners.port.js';
import { keyOfCursor, toPage, type Page, type PageKey } from '../../platform/http/paging.js';
import type { Programme } from '../../policy/domain/programmes.js';
import { ReadProgress, type LearnerProgress } from '../../programmes/programmes.port.js';
import { ReadHonours, type Honours } from '../../rewards/rewards.port.js';
import type { AsOf } from '../as-of.js';
import { toEntryLine, type EntryLine } from '../entry-line.js';
import type { Book } from '../book.js';
import { ReadBook } from '../read-book.service.js';
import { studyWaits, timeForCredit, type CourseWaitLine, type Wait } from '../study-waits.js';

const ENTRIES_A_PAGE = 10;

/** Credit of one type, and how much of what is available has outlived its validity. Hundredths. */
export type CreditLine = CreditSummary & { outlivedCenti: number };

/** How far an award is, with the study time, by bucket, that what is missing asks for at the ordinary tariff. */
export interface ProgressLine extends LearnerProgress {
  missingSeconds: Map<string, number>;
}

/** Everything the statement page shows. */
export interface StatementContent extends Book {
  holder: Holder;
  credits: CreditLine[];
  waits: Wait[];
  courseWaits: CourseWaitLine[];
  recent: Page<EntryLine>;
  /** Measured by today's rules on today's credit; empty on a past day. */
  progress: ProgressLine[];
  /** With their status of today; empty on a past day. */
  documents: Awaited<ReturnType<Documents['ofLearner']>>;
  /** Credit that ends soon, by today's rules; empty on a past day. */
  notices: ExpiringLot[];
  /** Points and honours as of today; null on a past day. */
  honours: Honours | null;
}

/** Puts the statement of a learner together. */
@Injectable()
export class ReadStatement {
  constructor(
    private readonly books: ReadBook,
    private readonly progress: ReadProgress,
    private readonly documents: Documents,
    private readonly honours: ReadHonours,
  ) {}

  /** Entries are those before the cursor, newest first. Refuses with `cursor-invalid`. */
  async run(holder: Holder, asOf: AsOf, cursor: string | undefined): Promise<StatementContent> {
    const before = keyOfCursor(cursor, isEntryKey)?.[0] ?? Infinity;
    const book = await this.books.run(holder.learnerId, asOf);
    const rows = book.entries
      .filter(({ version }) => version < before)
      .slice(-ENTRIES_A_PAGE - 1)
      .reverse();
    const sources = await this.books.sources(rows);
    return {
      ...book,
      holder,
      credits: book.statement.credits.map((credit) => ({
        ...credit,
        outlivedCenti: credit.availableCenti - usableCenti(book.lots, credit.creditType, asOf.day ?? asOf.today),
      })),
      waits: studyWaits(book),
      courseWaits: await this.books.courseWaits(book),
      recent: toPage(
        rows,
        ENTRIES_A_PAGE,
        ({ version }) => [version],
        (entry) => toEntryLine(entry, sources.get(entry.version), book.pack),
      ),
      progress: asOf.day === null && book.pack ? await this.progressOf(book) : [],
      documents: asOf.day === null ? await this.documents.ofLearner(holder.learnerId) : [],
      notices: asOf.day === null ? expiringLots(book.lots, asOf.today, book.pack?.expiryNoticeDays ?? []) : [],
      honours: asOf.day === null && book.pack ? await this.honours.run(holder.learnerId) : null,
    };
  }

  private async progressOf(book: Book): Promise<ProgressLine[]> {
    return (await this.progress.all(book.learnerId)).map((progress) => ({
      ...progress,
      missingSeconds: new Map(
        progress.buckets.flatMap(({ code, missing }): [string, number][] => {
          const creditType = onlyType(progress.programme, code);
          if (missing === 0 || creditType === null) return [];
          const seconds = timeForCredit(book, creditType, missing);
          return seconds === null ? [] : [[code, seconds]];
        }),
      ),
    }));
  }
}

/** The type of credit that a bucket takes, where it takes one: then what is missing has a price in study time. */
function onlyType({ buckets }: Programme, code: string): string | null {
  const types = buckets.find((bucket) => bucket.code === code)?.accepts.creditTypes ?? [];
  return types.length === 1 ? types[0]! : null;
}

function isEntryKey(key: PageKey): key is [number] {
  return key.length === 1 && Number.isSafeInteger(key[0]);
}
