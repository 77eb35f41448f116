import { readFileSync } from 'node:fs';
import { parse as parseCsv } from 'csv-parse/sync';
import { parse as parseYaml } from 'yaml';
import { parseCredit } from '../../src/kernel/credit.js';
import { type ActivityType } from '../../src/policy/domain/activity-types.js';
import { type CreditType } from '../../src/policy/domain/credit-types.js';
import { activityTypeOf, creditTypeOf, type PolicyPack } from '../../src/policy/domain/policy-pack.js';
import { readPolicyPack } from '../../src/policy/domain/read-policy-pack.js';

/** One row of a table: cells by the English name of their column. */
export type Row = Record<string, string>;

/**
 * Rows of a CSV table in this folder. It has two header rows, Chinese and English, and every row has all columns, so a
 * registrar can open it in a spreadsheet, read it and add a row.
 */
export function readTable(name: string): Row[] {
  const lines: string[][] = parseCsv(readFileSync(new URL(name, import.meta.url), 'utf8'), { bom: true });
  const [chinese, english, ...rows] = lines;
  if (!english || chinese?.length !== english.length)
    throw new Error(`${name} needs a Chinese and an English header row`);
  return rows.map((cells) => Object.fromEntries(english.map((column, index) => [column, cells[index]!])));
}

const PACKS: Record<string, PolicyPack> = {
  'taiyuan-default': readPack('../../fixtures/policy/taiyuan-default.yaml'),
  'cixi-like': readPack('../../fixtures/policy/cixi-like.yaml'),
  'acbs-like': readPack('../../fixtures/policy/acbs-like.yaml'),
  'anchor-rules': readPack('anchor-rules.yaml'),
};

function readPack(path: string): PolicyPack {
  return readPolicyPack(parseYaml(readFileSync(new URL(path, import.meta.url), 'utf8')));
}

/** The pack that a row names. */
export function packOf(row: Row): PolicyPack {
  const pack = PACKS[row['pack']!];
  if (!pack) throw new Error(`Row ${row['id']} names a pack that is not there`);
  return pack;
}

/** Pack, activity and type of credit that a row names. */
export function rulesOf(row: Row): { pack: PolicyPack; activity: ActivityType; creditType: CreditType } {
  const pack = packOf(row);
  const activity = activityTypeOf(pack, row['activity']!);
  const creditType = row['credit type'] ? creditTypeOf(pack, row['credit type']) : pack.creditTypes[0];
  if (!activity || !creditType) throw new Error(`Row ${row['id']} names something that is not in its pack`);
  return { pack, activity, creditType };
}

/** Whole seconds of minutes that may have one decimal. */
export function secondsOf(minutes: string): number {
  if (!/^\d+(\.\d)?$/.test(minutes)) throw new Error(`${minutes} is not a number of minutes`);
  return Math.round(Number(minutes) * 60);
}

/** Hundredths of credit as the tables write it: two decimals. */
export function centiOf(credit: string): number {
  const amountCenti = /^\d+\.\d\d$/.test(credit) ? parseCredit(credit) : null;
  if (amountCenti === null) throw new Error(`${credit} is not an amount of credit`);
  return amountCenti;
}

/** Visits as a row writes them: `45+90`, or `45×18` for eighteen visits of 45 minutes. Seconds. */
export function visitsOf(minutes: string): number[] {
  return minutes.split('+').flatMap((part) => {
    const [each, times = '1'] = part.split('×') as [string, string?];
    return Array.from({ length: Number(times) }, () => secondsOf(each));
  });
}
