import { foldLots } from '../../../src/ledger/domain/lots.js';
import { summarise } from '../../../src/ledger/domain/summarise.js';
import { parseCredit } from '../../../src/kernel/credit.js';
import { transcriptLines, transcriptTotals } from '../../../src/transcripts/compose-transcript.js';
import type { Source } from '../../../src/certificates/certificates.port.js';
import { draft, emptyBook, moved, newLot, write } from '../ledger/book-parts.js';

const SOURCE: Source = {
  entryId: 'x.1',
  kind: 'attendance',
  title: '太原街巷',
  provider: null,
  day: '2024-06-03',
  studySeconds: 0,
};

describe('a transcript', () => {
  const book = emptyBook();
  const entries = [
    write(book, draft(newLot(40, '2031-06-03'), newLot(60, null), newLot(5, null))),
    write(book, draft(moved('available', 'converted', 10, 1), newLot(5, '2031-06-03', 'vocational'))),
    write(book, draft(moved('available', 'awarded', 30, 2), moved('available', 'held', 7, 1))),
    write(book, draft(moved('available', 'issued', 5, 3))),
  ];
  const postings = entries.flatMap((entry) => entry.postings);
  const lots = [...foldLots(postings).values()];
  const lines = transcriptLines(lots, new Map(lots.map(({ lot }) => [lot, SOURCE])));
  const { totals } = transcriptTotals(summarise(postings), (code) => ({ zh: code, en: code }));

  it('has totals that are the sums of its lines, in every column', () => {
    const columns = ['recognised', 'available', 'held', 'awarded', 'converted', 'expired'] as const;
    for (const total of totals) {
      for (const column of columns) {
        const own = lines.filter(({ creditType }) => creditType === total.creditType);
        expect(own.reduce((sum, line) => sum + parseCredit(line[column])!, 0)).toBe(parseCredit(total[column]));
      }
    }
    expect(totals.map(({ creditType, recognised }) => [creditType, recognised])).toEqual([
      ['leisure', '1.00'],
      ['vocational', '0.05'],
    ]);
  });

  it('leaves out credit that was taken back', () => {
    expect(lines.map(({ lot }) => lot)).toEqual([1, 2, 4]);
  });
});
