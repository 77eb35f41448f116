import fc from 'fast-check';
import { auditBook, type StoredBook } from '../../../src/ledger/domain/audit-book.js';
import type { Entry } from '../../../src/ledger/domain/entry.js';
import { DAY, NOW } from './book-parts.js';
import { GATHERING } from './histories-pack.js';
import { MemoryBank, type Command } from './memory-bank.js';

/** A book in which visits were made, converted, awarded and undone, as it lies in the database. */
function soundBook(): StoredBook {
  const bank = new MemoryBank();
  const visit = (session: number, seconds: number): Command => {
    return { do: 'visit', course: GATHERING[session % 2]!, session, seconds, day: DAY };
  };
  const commands: Command[] = [
    visit(0, 20_000),
    visit(1, 9_000),
    visit(2, 400),
    { do: 'convert', from: 'leisure', to: 'vocational', perMille: 500 },
    { do: 'award', creditTypes: ['leisure'], perMille: 500 },
    visit(4, 600),
    { do: 'reverse', version: 5 },
    { do: 'reverse', version: 3 },
  ];
  commands.forEach((command, index) => bank.submit(`key-${index}`, command, NOW + index));
  const { learnerId, version, lotCount, recordedAt, balances } = bank.book;
  const entries = JSON.parse(JSON.stringify(bank.entries)) as Entry[];
  return { learnerId, account: { version, lotCount, recordedAt }, entries, balances: new Map(balances) };
}

const posting = (book: StoredBook, version: number, line: number) => book.entries[version - 1]!.postings[line - 1]!;

describe('the audit of a book', () => {
  it('finds nothing in a sound one', () => {
    const book = soundBook();
    expect(book.entries.map(({ kind }) => kind)).toEqual([
      ...['attendance', 'attendance', 'attendance', 'conversion', 'award', 'attendance', 'reversal', 'reversal'],
    ]);
    expect(auditBook(book)).toEqual([]);
  });

  it('finds nothing in the book of a learner to whom nothing has happened', () => {
    const account = { version: 0, lotCount: 0, recordedAt: 0 };
    expect(auditBook({ learnerId: 'x', account, entries: [], balances: new Map() })).toEqual([]);
  });

  it.each<[string, (book: StoredBook) => void]>([
    ['a posting that became larger', (book) => (posting(book, 1, 1).amount += 1)],
    ['a posting that became smaller', (book) => (posting(book, 4, 1).amount -= 1)],
    ['a posting that is gone', (book) => book.entries[0]!.postings.pop()],
    ['a first posting that is gone', (book) => book.entries[1]!.postings.shift()],
    ['an entry without its postings', (book) => (book.entries[2]!.postings = [])],
    ['an entry that is gone', (book) => book.entries.splice(2, 1)],
    ['a last entry that is gone', (book) => book.entries.pop()],
    ['an entry that stands twice', (book) => book.entries.push(book.entries.at(-1)!)],
    ['an entry that came in beside the book', (book) => book.entries.push({ ...book.entries[0]!, version: 9 })],
    ['an entry recorded before the one in front of it', (book) => (book.entries[3]!.recordedAt = NOW - 1)],
    ['a balance that was raised', (book) => book.balances.set('available:leisure', 4_000)],
    ['a balance that is gone', (book) => book.balances.delete('time/486s:leisure')],
    ['a balance that no posting made', (book) => book.balances.set('awarded:degree', 100)],
    ['a balance after a posting that was changed', (book) => (posting(book, 1, 1).destinationAfter! += 1)],
    ['a balance after a posting that is gone', (book) => (posting(book, 1, 1).destinationAfter = null)],
    ['a bank-side account with a balance', (book) => (posting(book, 1, 1).sourceAfter = 5)],
    ['credit of another type', (book) => (posting(book, 1, 3).creditType = 'vocational')],
    ['credit that came out of nowhere else', (book) => (posting(book, 5, 1).destination = 'available')],
    ['credit taken from another lot', (book) => (posting(book, 4, 1).lot = 2)],
    ['a lot that does not exist', (book) => (posting(book, 5, 1).lot = 77)],
    ['a reversal of something else', (book) => (book.entries[6]!.reversesVersion = 1)],
    ['a reversal of what comes later', (book) => (book.entries[6]!.reversesVersion = 8)],
    ['two reversals of one entry', (book) => (book.entries[7]!.reversesVersion = 5)],
    ['a count of entries that is wrong', (book) => (book.account!.version += 1)],
    ['a count of lots that is wrong', (book) => (book.account!.lotCount += 1)],
    ['a last time that is wrong', (book) => (book.account!.recordedAt += 1)],
    ['entries without an account', (book) => (book.account = null)],
  ])('finds %s', (_, tamper) => {
    const book = soundBook();
    tamper(book);
    expect(auditBook(book)).not.toEqual([]);
  });

  it('finds any amount that was changed, wherever it stands', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.integer({ min: -1_000, max: 1_000 }), (at, line, more) => {
        fc.pre(more !== 0);
        const book = soundBook();
        const { postings } = book.entries[at % book.entries.length]!;
        postings[line % postings.length]!.amount += more;
        expect(auditBook(book)).not.toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
