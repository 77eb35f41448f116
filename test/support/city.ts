import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import supertest from 'supertest';
import { load } from '../../src/cli/load.js';
import { learnersByCard } from '../../src/learners/learners.port.js';
import type { Dialect } from '../../src/platform/database/columns.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Policies } from '../../src/policy/policy.port.js';
import { TestApp } from './app.js';

const FOLDER = 'fixtures/taiyuan';

interface UploadOptions {
  onceKey?: string;
  dryRun?: boolean;
}

/** Rows of a table of the fixtures, by column. */
export function tableOf(path: string): Record<string, string>[] {
  return parse(readFileSync(path, 'utf8'), { columns: true, bom: true });
}

/** The bytes of a sheet of the fixture week. */
export function sheetOf(file: string): Buffer {
  return readFileSync(`${FOLDER}/week/${file}`);
}

/** The fixture city as an operator loads it: units, providers, courses, sessions, 320 learners and the rules. */
export class City {
  private readonly providerKeys = new Map<string, string>();

  private constructor(
    readonly bank: TestApp,
    readonly registrar: string,
  ) {}

  static async open(dialect: Dialect = 'sqlite', environment: Record<string, string> = {}): Promise<City> {
    const bank = await TestApp.start(dialect, environment);
    await bank.app.get(Policies).publishFile('fixtures/policy/taiyuan-default.yaml');
    await load(bank.app, FOLDER, () => undefined);
    return new City(bank, await bank.key('registrar'));
  }

  stop(): Promise<void> {
    return this.bank.stop();
  }

  /** One row of the database, as it is committed. */
  async row<T>(text: string, values: (string | number)[] = []): Promise<T> {
    const [row] = await this.bank.app.get(Reader).sql.rows<T>(text, values);
    if (!row) throw new Error(`No row: ${text}`);
    return row;
  }

  /** How many rows a table has. */
  async count(table: string): Promise<number> {
    return (await this.row<{ count: number }>(`select count(*) as count from ${table}`)).count;
  }

  /** A key of the provider with this code; always the same one. */
  async provider(code: string): Promise<string> {
    const known = this.providerKeys.get(code);
    if (known) return known;
    const { provider_id: providerId } = await this.row<{ provider_id: string }>(
      'select provider_id from provider where code = ?',
      [code],
    );
    const key = await this.bank.key('provider', { providerId });
    this.providerKeys.set(code, key);
    return key;
  }

  async sessionId(code: string): Promise<string> {
    return (await this.row<{ session_id: string }>('select session_id from course_session where code = ?', [code]))
      .session_id;
  }

  async courseId(code: string): Promise<string> {
    return (await this.row<{ course_id: string }>('select course_id from course where code = ?', [code])).course_id;
  }

  /** The learner who has this card. */
  async learnerId(cardNumber: string): Promise<string> {
    return (await learnersByCard(this.bank.app.get(Reader).sql, [cardNumber])).get(cardNumber)!;
  }

  /** Uploads a sheet as the body itself. */
  upload(content: Buffer | string, key: string, options: UploadOptions = {}): supertest.Test {
    return this.uploadTo(key, options).set('Content-Type', 'text/csv').send(content);
  }

  /** Uploads a sheet in a form, as a browser does. */
  uploadForm(content: Buffer, key: string, options: UploadOptions = {}): supertest.Test {
    return this.uploadTo(key, options).attach('file', content, { filename: 'sheet.csv', contentType: 'text/csv' });
  }

  private uploadTo(key: string, { onceKey = randomUUID(), dryRun = false }: UploadOptions): supertest.Test {
    return supertest(this.bank.app.getHttpServer())
      .post(`/api/v1/attendance-imports${dryRun ? '?dryRun=true' : ''}`)
      .set('Authorization', `Bearer ${key}`)
      .set('Idempotency-Key', onceKey);
  }
}
