import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database, type DatabaseLocation } from '../../src/platform/database/data-sources.js';
import type { Dialect } from '../../src/platform/database/columns.js';
import { SCHEMA } from '../../src/schema.js';

/** Every store promise is tested on both. */
export const DIALECTS: Dialect[] = ['sqlite', 'postgres'];

/** An empty place for a bank, and how to remove it. */
export interface TestLocation {
  location: DatabaseLocation;
  remove: () => Promise<void>;
}

/** A new file in the temporary folder, or a new database on the test server. */
export async function newLocation(dialect: Dialect): Promise<TestLocation> {
  if (dialect === 'sqlite') {
    const databaseFile = join(mkdtempSync(join(tmpdir(), 'bank-')), 'bank.sqlite');
    return { location: { databaseFile }, remove: () => rm(dirname(databaseFile), { recursive: true, force: true }) };
  }
  const server = process.env['TEST_DATABASE_URL'];
  if (!server) throw new Error('TEST_DATABASE_URL is not set: the global setup did not run');
  const name = `bank_${randomBytes(6).toString('hex')}`;
  await administer(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    location: { databaseUrl: url.toString(), databaseFile: '', poolSize: 10 },
    remove: () => administer(server, `drop database if exists ${name} with (force)`),
  };
}

async function administer(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** A migrated, empty bank. */
export async function newDatabase(dialect: Dialect): Promise<{ database: Database; remove: () => Promise<void> }> {
  const { location, remove } = await newLocation(dialect);
  const database = await openDatabase(location, SCHEMA);
  return {
    database,
    remove: async () => {
      await database.close();
      await remove();
    },
  };
}
