import { Injectable } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal.js';
import { isKeptTime } from '../../kernel/study-time.js';
import type { StudyTimeSummary } from '../../ledger/domain/summarise.js';
import type { StatedEntry } from '../../ledger/statements.service.js';
import { keyOfCursor, toPage, type Page, type PageKey } from '../../platform/http/paging.js';
import { creditTypeOf } from '../../policy/domain/policy-pack.js';
import { type Named } from '../../policy/domain/schema-parts.js';
import type { AsOf } from '../as-of.js';
import { attendedSeconds, flowInto, movesStudyTime, netFlow, toEntryLine, type EntryLine } from '../entry-line.js';
import type { Book } from '../book.js';
import { ReadBook } from '../read-book.service.js';
import { tariffWords } from '../../policy/domain/rule-words.js';
import { studyWaits, type CourseWaitLine, type Wait } from '../study-waits.js';

const ENTRIES_A_PAGE = 100;

/** What one entry did to study time of a type, whole seconds: attended is what turned to credit, waits or stays as time. */
export interface StudyTimeLine extends EntryLine {
  accruedSeconds: number;
  waitingSeconds: number;
  keptSeconds: number;
  pendingSeconds: number;
}

/** Everything the page of study time of one type shows. */
export interface StudyTimeContent extends Book {
  summary: StudyTimeSummary;
  waits: Wait[];
  courseWaits: CourseWaitLine[];
  /** The type's own tariff in words; null where today's rules do not know the type. */
  tariff: Named | null;
  entryCount: number;
  page: Page<StudyTimeLine>;
}

/** Puts the entries behind study time together. */
@Injectable()
export class ReadStudyTime {
  constructor(private readonly books: ReadBook) {}

  /** Entries that moved study time of one type, newest first. Refuses with `cursor-invalid`, and `not-found` when none ever did. */
  async run(learnerId: string, asOf: AsOf, creditType: string, cursor: string | undefined): Promise<StudyTimeContent> {
    const before = keyOfCursor(cursor, isEntryKey)?.[0] ?? Infinity;
    const book = await this.books.run(learnerId, asOf);
    const summary = book.statement.studyTime.find((time) => time.creditType === creditType);
    if (!summary) throw new Refusal('not-found');
    const moving = book.entries.filter((entry) => movesStudyTime(entry, creditType));
    const shown = moving
      .filter(({ version }) => version < before)
      .slice(-ENTRIES_A_PAGE - 1)
      .reverse();
    const sources = await this.books.sources(shown);
    return {
      ...book,
      summary,
      waits: studyWaits(book).filter((wait) => wait.creditType === creditType),
      courseWaits: (await this.books.courseWaits(book)).filter((wait) => wait.creditType === creditType),
      tariff: tariffOfType(book, creditType),
      entryCount: moving.length,
      page: toPage(
        shown,
        ENTRIES_A_PAGE,
        ({ version }) => [version],
        (entry) => toLine(entry, toEntryLine(entry, sources.get(entry.version), book.pack), creditType),
      ),
    };
  }
}

function isEntryKey(key: PageKey): key is [number] {
  return key.length === 1 && Number.isSafeInteger(key[0]);
}

function toLine(entry: StatedEntry, line: EntryLine, creditType: string): StudyTimeLine {
  const keptSeconds = flowInto(entry, isKeptTime, creditType);
  return {
    ...line,
    attendedSeconds: attendedSeconds(entry, creditType),
    accruedSeconds: netFlow(entry, 'accrued', creditType),
    waitingSeconds: netFlow(entry, 'time', creditType) - keptSeconds,
    keptSeconds,
    pendingSeconds: netFlow(entry, 'pending', creditType),
  };
}

function tariffOfType({ pack }: Book, code: string): Named | null {
  const creditType = pack ? creditTypeOf(pack, code) : undefined;
  const tariff = pack?.tariffs.find((candidate) => candidate.code === creditType?.tariff);
  return pack && tariff ? tariffWords(pack, tariff) : null;
}
