import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { recordDeeds } from '../audit/audit.port.js';
import { Clock } from '../kernel/clock.js';
import { OpenAccounts, type BulkAccountRow } from '../learners/learners.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { Writer } from '../platform/database/writer.js';
import { CatalogueLoader } from '../providers/providers.port.js';

/** Who acts when an operator uses the command line on this machine. */
export const OPERATOR: Caller = { keyId: 'operator', role: 'registrar', providerId: null, learnerId: null };

/** Catalogue files in the order in which they may name each other. */
const CATALOGUE = ['units', 'providers', 'courses', 'sessions'] as const;
const ACCOUNTS_AT_ONCE = 1_000;

/** What was loaded, by file. */
export type Loaded = Record<string, number>;

/** Loads a folder of units, providers, courses, sessions and learners; files that are not there are left out. */
export async function load(
  app: NestFastifyApplication,
  folder: string,
  print: (line: string) => void,
): Promise<Loaded> {
  const loaded: Loaded = {};
  for (const name of CATALOGUE) {
    const rows = await readTable(join(folder, `${name}.csv`));
    if (!rows) continue;
    await app.get(Writer).write(async (transaction) => {
      const now = app.get(Clock).nowMs();
      await app.get(CatalogueLoader).loadCatalogue(transaction, { [name]: rows }, now);
      await recordDeeds(
        transaction.sql,
        [{ caller: OPERATOR, action: `load-${name}`, subject: `${rows.length} rows` }],
        now,
      );
    });
    loaded[name] = rows.length;
    print(`  ${name}: ${rows.length}`);
  }
  const learners = await loadLearners(app, join(folder, 'learners.csv'), print);
  if (learners !== null) {
    loaded['learners'] = learners;
    print(`  learners: ${learners}`);
  }
  return loaded;
}

async function loadLearners(
  app: NestFastifyApplication,
  file: string,
  print: (line: string) => void,
): Promise<number | null> {
  if (!(await exists(file))) return null;
  let batch: Record<string, string>[] = [];
  let done = 0;
  const open = async () => {
    const cards = await app.get(OpenAccounts).openInBulk(batch.map(toAccount), OPERATOR);
    batch.forEach(({ card_number: expected }, index) => {
      if (expected && expected !== cards[index]) {
        throw new Error(`${file}: row ${done + index + 1} expects card ${expected}, the bank issued ${cards[index]}`);
      }
    });
    done += batch.length;
    if (done % 50_000 === 0) print(`  … ${done} learners`);
    batch = [];
  };
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
    batch.push(row as Record<string, string>);
    if (batch.length === ACCOUNTS_AT_ONCE) await open();
  }
  await open();
  return done;
}

function toAccount(row: Record<string, string>): BulkAccountRow {
  return {
    name: row['name'] ?? '',
    identityType: row['id_type'] ?? '',
    identityNumber: row['id_number'] ?? '',
    countyCode: row['county_code'] ?? '',
    unitCode: row['unit_code'] ?? '',
    openedOn: row['opened_on'] ?? '',
  };
}

/** Rows of a CSV table by column, or null when the file is not there. */
export async function readTable(file: string): Promise<Record<string, string>[] | null> {
  if (!(await exists(file))) return null;
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) {
    rows.push(row as Record<string, string>);
  }
  return rows;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
