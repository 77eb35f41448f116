import { createHash } from 'node:crypto';
import { DataSource, type Logger } from 'typeorm';
import { SCHEMA } from '../../src/schema.js';

/*
 * What each migration does, as a hash of its statements: a bank in use has run it and never runs it again, so that a
 * changed one would leave that bank behind. Whoever wants something else writes a new migration and adds its line here.
 */
const DONE: Record<string, string> = {
  AddCourseLevel1700000001410: '7980a74c6a8bec50',
  AddKeyExpertise1700000001340: 'b8a681dd11331f9d',
  CreateAccountMerge1700000000710: '51479ea9d3111899',
  CreateAttendance1700000000400: 'dfcf77b203cd7ab1',
  CreateAudit1700000000100: '351fa4a2229bf0b9',
  CreateConversionHolds1700000001330: '76efe02802fd7472',
  CreateConversions1700000000500: '860293fda2e5b392',
  CreateDocuments1700000000600: '9c4c46695e65aed0',
  CreateLearners1700000000300: '1af5408e00441767',
  CreateLedger1700000000200: '42f02c0a1f1c83e2',
  CreateLongRuns1700000001300: 'fd2ab6b8f575ad53',
  CreatePlatform1700000000000: 'ece8c796d022a520',
  CreatePointDays1700000001320: 'f3bddc3570ee8bbd',
  CreatePolicy1700000000150: '946a94d36570d3b0',
  CreatePolicySteps1700000000700: 'bf8ddf2505a1952e',
  CreateProviders1700000000250: '5fe2a722261b0e16',
  CreateRefusedConversions1700000001400: 'eb5659994fef2488',
  CreateRecognition1700000000720: '5417e55610be125a',
  IndexEvidenceContent1700000001350: '2e132f16e4c30564',
  IndexLotValidity1700000001310: '7ac8fc5339cbda93',
};

/** What the library asks around migrations. */
const OF_TYPEORM = /^(BEGIN|COMMIT|PRAGMA|SELECT) |"migrations"|^(BEGIN TRANSACTION|COMMIT)$/;

/** Keeps the statements of every migration, told apart by the line that says it was run. */
class MigrationLog implements Logger {
  readonly statements = new Map<string, string[]>();
  private since: string[] = [];

  logQuery(query: string, parameters?: unknown[]): void {
    const isDone = query.startsWith('INSERT INTO "migrations"');
    if (isDone) this.statements.set(String(parameters?.[0]), this.since);
    else if (!OF_TYPEORM.test(query)) this.since.push(query.replace(/\s+/g, ' '));
    if (!isDone) return;
    this.since = [];
  }

  logQueryError = (): void => undefined;
  logQuerySlow = (): void => undefined;
  logSchemaBuild = (): void => undefined;
  logMigration = (): void => undefined;
  log = (): void => undefined;
}

/** Statements by migration, in the order in which a new bank runs them. */
async function statementsByMigration(): Promise<Map<string, string[]>> {
  const logger = new MigrationLog();
  const source = new DataSource({
    ...{ type: 'better-sqlite3', database: ':memory:', migrations: SCHEMA.migrations },
    ...{ migrationsTransactionMode: 'each', logging: ['query'], logger },
  });
  await source.initialize();
  await source.runMigrations();
  await source.destroy();
  return logger.statements;
}

describe('migrations', () => {
  it('do what they did when a bank first ran them', async () => {
    const hashes = [...(await statementsByMigration())].map(([name, statements]): [string, string] => [
      name,
      createHash('sha256').update(statements.join('\n')).digest('hex').slice(0, 16),
    ]);
    expect(Object.fromEntries(hashes)).toEqual(DONE);
  });
});
