import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { ApiKeys } from '../../src/platform/auth/api-keys.service.js';
import { hashSecret, type ApiKey } from '../../src/platform/auth/api-key.js';
import { ROLES, type Role } from '../../src/platform/auth/caller.js';
import { Reader, type Database } from '../../src/platform/database/data-sources.js';
import { TestClock } from '../support/clock.js';
import { DIALECTS, newDatabase } from '../support/databases.js';
import { atOnce, endings, saying } from '../support/writers.js';

/** Passes reads on; each answer waits until it is let go. */
function lateReader({ sql, orm }: Reader): { reader: Reader; hasRead: Promise<void>; letGo: () => void } {
  let letGo = (): void => undefined;
  let tell = (): void => undefined;
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const hasRead = new Promise<void>((resolve) => (tell = resolve));
  const late = Object.create(orm, {
    findOneBy: {
      value: async (...asked: Parameters<EntityManager['findOneBy']>) => {
        const found = await orm.findOneBy(...asked);
        tell();
        await gate;
        return found;
      },
    },
  }) as EntityManager;
  return { reader: new Reader(sql, late), hasRead, letGo };
}

describe.each(DIALECTS)('API keys on %s', (dialect) => {
  let clock: TestClock;
  let database: Database;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ database, remove } = await newDatabase(dialect));
  });
  beforeEach(() => {
    clock = new TestClock();
  });
  afterAll(() => remove());

  /** The keys as another process knows them. */
  const process = () => new ApiKeys(database.reader, database.writer, clock);
  const revoke = async (keys: ApiKeys, keyId: string) => {
    await database.writer.write((transaction) => keys.revokeIn(transaction, keyId));
    keys.forget();
  };
  const rowOf = (keyId: string) => database.reader.orm.findOneBy<ApiKey>('api_key', { keyId });

  it.each(ROLES)('of the role %s are who they were made for, and their secret is nowhere', async (role: Role) => {
    const keys = process();
    const owner =
      role === 'provider' ? { providerId: randomUUID() } : role === 'learner' ? { learnerId: randomUUID() } : {};
    const { keyId, key } = await keys.issue({ role, label: '迎泽社区学院 ? 考勤机', ...owner });
    const none = { providerId: null, learnerId: null, expertSince: null };
    expect(await process().authenticate(key)).toEqual({ keyId, role, ...none, ...owner });
    const secret = key.split('_').slice(2).join('_');
    expect(await rowOf(keyId)).toEqual({
      keyId,
      role,
      ...none,
      ...owner,
      label: '迎泽社区学院 ? 考勤机',
      secretHash: hashSecret(secret),
      createdAt: clock.nowMs(),
      revokedAt: null,
    });
    expect(JSON.stringify(await database.reader.sql.rows('select * from api_key'))).not.toContain(secret);
  });

  it('of an expert say since when', async () => {
    const grant = { role: 'registrar' as const, label: '行业专家', expertSince: '2015-03-01' };
    const { keyId, key } = await process().issue(grant);
    expect(await process().authenticate(key)).toMatchObject({ keyId, role: 'registrar', expertSince: '2015-03-01' });
  });

  it('of no role of the bank are refused by the table itself', async () => {
    const grant = { role: 'superuser' as Role, label: 'x' };
    await expect(process().issue(grant)).rejects.toMatchObject(saying(/check constraint/i));
  });

  it('open nothing when a letter is wrong, missing or another case', async () => {
    const keys = process();
    const { key } = await keys.issue({ role: 'auditor', label: 'x' });
    const other = (await keys.issue({ role: 'auditor', label: 'y' })).key;
    const wrong = [
      '',
      key.slice(0, -1),
      `${key}A`,
      key.toUpperCase(),
      key.slice(0, -1) + (key.endsWith('A') ? 'B' : 'A'),
      key.slice(0, 37) + other.slice(37),
      `cbk_${'0'.repeat(32)}_${key.slice(37)}`,
      key.replace('cbk_', 'CBK_'),
    ];
    expect(await Promise.all(wrong.map((text) => keys.authenticate(text)))).toEqual(wrong.map(() => null));
    expect(await keys.authenticate(key)).toMatchObject({ role: 'auditor' });
  });

  it('end once when fifty end them, at the time of the first', async () => {
    const keys = process();
    const { keyId, key } = await keys.issue({ role: 'registrar', label: 'x' });
    expect(await endings(atOnce(50, () => revoke(keys, keyId)))).toEqual({ done: 1, 'not-found': 49 });
    const { revokedAt } = (await rowOf(keyId))!;
    expect(revokedAt).toBe(clock.nowMs());
    clock.advanceMs(1_000);
    expect(await endings([revoke(keys, keyId), revoke(keys, randomUUID())])).toEqual({ 'not-found': 2 });
    expect((await rowOf(keyId))?.revokedAt).toBe(revokedAt);
    expect(await keys.authenticate(key)).toBeNull();
  });

  it('that ended open nothing here at once, and elsewhere within five seconds', async () => {
    const [here, elsewhere] = [process(), process()];
    const { keyId, key } = await here.issue({ role: 'registrar', label: 'x' });
    expect(await Promise.all([here.authenticate(key), elsewhere.authenticate(key)])).toMatchObject([
      { keyId },
      { keyId },
    ]);
    await revoke(here, keyId);
    expect(await here.authenticate(key)).toBeNull();
    clock.advanceMs(4_999);
    expect(await elsewhere.authenticate(key)).toMatchObject({ keyId });
    clock.advanceMs(1);
    expect(await elsewhere.authenticate(key)).toBeNull();
  });

  it('that end while they are being looked up do not stay in memory', async () => {
    const { keyId, key } = await process().issue({ role: 'registrar', label: 'x' });
    const { reader, hasRead, letGo } = lateReader(database.reader);
    const keys = new ApiKeys(reader, database.writer, clock);
    const asked = keys.authenticate(key);
    await hasRead;
    await revoke(keys, keyId);
    letGo();
    await asked;
    expect(await keys.authenticate(key)).toBeNull();
  });
});
