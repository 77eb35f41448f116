import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Refusal } from '../../src/kernel/refusal.js';
import { formatCredit } from '../../src/kernel/credit.js';
import { isExpired } from '../../src/ledger/domain/lots.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';
import { ConversionBank } from '../domain/conversion/conversion-bank.js';
import { OPEN, VISIT } from '../domain/conversion/conversion-parts.js';
import { centiOf, readTable } from './read-table.js';

const PACK = readPolicyPack(parse(readFileSync(new URL('conversion-rules.yaml', import.meta.url), 'utf8')));

/** One step of a row: `2024-07-20 hold 0.40`. */
function take(bank: ConversionBank, text: string): void {
  const [day, step, ...words] = text.split(' ') as [string, string, ...string[]];
  bank.today = day;
  const one = bank.conversions[0]!;
  switch (step) {
    case 'earn': {
      const validUntil = words[1] === 'until' ? words[2]! : null;
      return bank.recognise({ ...VISIT, creditType: 'vocational', item: 'plain' }, centiOf(words[0]!), validUntil);
    }
    case 'convert':
    case 'hold': {
      const rule = step === 'hold' ? 'waiting' : 'plain';
      const made = bank.convert({ ...OPEN, rule, fromCenti: centiOf(words[0]!) });
      if (made instanceof Refusal) throw made;
      return;
    }
    case 'approve':
    case 'refuse':
      return bank.settle(one, step === 'approve');
    case 'undo':
      return expect(bank.reverse(one)?.code).toBe(words[0]);
    case 'expire':
      return bank.expire();
    case 'release':
      return bank.releaseLapsed();
    case 'wait':
      return;
    default:
      throw new Error(`No row has a step ${step}`);
  }
}

describe('lives.csv: what becomes of credit that is held, converted, undone and past its last day', () => {
  it.each(readTable('lives.csv'))('$id: $what it shows', (row) => {
    const bank = new ConversionBank(PACK);
    for (const step of row['steps']!.split('; ')) take(bank, step);
    const lot = bank.lots.get(1)!;
    const parts = ['available', 'held', 'converted', 'expired'];
    const counted = parts.map((bucket) => formatCredit(lot.buckets[bucket] ?? 0));
    expect(counted).toEqual(parts.map((bucket) => row[bucket]));
    const convertible = bank.sourceLots().find(({ lot: number }) => number === 1)?.availableCenti ?? 0;
    expect(formatCredit(convertible)).toBe(row['convertible']);
    // The engine says the same as the look at the lot.
    const { isAllowed } = bank.quote({ ...OPEN, rule: 'plain', fromCenti: 1 }).decision;
    expect(isAllowed).toBe(convertible > 0);
    expect(lot.validUntil ?? '').toBe(row['valid until']);
    expect(isExpired(lot, bank.today) && convertible > 0).toBe(false);
  });
});
