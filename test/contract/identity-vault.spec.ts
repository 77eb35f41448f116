import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readIdentityKey } from '../../src/learners/identity-key.js';
import { IdentityVault, openIdentityVault } from '../../src/learners/identity-vault.js';
import type { Learner } from '../../src/learners/learners.entity.js';
import { Config, ConfigError } from '../../src/platform/config/config.js';
import type { Database } from '../../src/platform/database/data-sources.js';
import { newDatabase } from '../support/databases.js';

const NUMBER = '140105190001010015';

describe('the identity vault', () => {
  const vault = new IdentityVault(randomBytes(32));
  const learnerId = randomUUID();

  it('seals equal numbers differently and opens both', () => {
    const sealed = [vault.seal(learnerId, NUMBER), vault.seal(learnerId, NUMBER)];
    expect(sealed[0]).not.toBe(sealed[1]);
    expect(sealed.map((text) => vault.open(learnerId, text))).toEqual([NUMBER, NUMBER]);
    expect(Buffer.from(sealed[0]!, 'base64')).toHaveLength(12 + 16 + NUMBER.length);
  });

  it('opens for no other learner, under no other key, and nothing that was changed', () => {
    const sealed = vault.seal(learnerId, NUMBER);
    const changed = Buffer.from(sealed, 'base64');
    changed[changed.length - 1]! ^= 1;
    expect(() => vault.open(randomUUID(), sealed)).toThrow();
    expect(() => new IdentityVault(randomBytes(32)).open(learnerId, sealed)).toThrow();
    expect(() => vault.open(learnerId, changed.toString('base64'))).toThrow();
    expect(() => vault.open(learnerId, '')).toThrow();
  });

  it('gives a document one fingerprint, and another to each type and key', () => {
    const fingerprint = vault.fingerprint('PASSPORT', '01234567');
    expect(vault.fingerprint('PASSPORT', '01234567')).toBe(fingerprint);
    expect(vault.fingerprint('TAIWAN_PERMIT', '01234567')).not.toBe(fingerprint);
    expect(new IdentityVault(randomBytes(32)).fingerprint('PASSPORT', '01234567')).not.toBe(fingerprint);
    expect(fingerprint).not.toContain('01234567');
  });
});

describe('the identity key', () => {
  let folder: string;
  let config: Config;
  let keyFile: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'bank-key-'));
    config = Object.assign(new Config(), { DATABASE_FILE: join(folder, 'bank.sqlite') });
    keyFile = `${config.DATABASE_FILE}.key`;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is made beside the embedded bank, for its owner only, and stays', () => {
    const key = readIdentityKey(config, true);
    expect(key).toHaveLength(32);
    expect(statSync(keyFile).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['bank.sqlite.key']);
    expect(readIdentityKey(config, true)).toEqual(key);
    expect(readIdentityKey(config, false)).toEqual(key);
  });

  it('is the configured one where there is one, and no file is made', () => {
    config.IDENTITY_KEY = 'AB'.repeat(32);
    expect(readIdentityKey(config, true)).toEqual(Buffer.alloc(32, 0xab));
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['', 'abc', 'g'.repeat(64), '0'.repeat(63)])('is not read from a file that holds %p, which stays', (text) => {
    writeFileSync(keyFile, text);
    expect(() => readIdentityKey(config, true)).toThrow(ConfigError);
    expect(() => readIdentityKey(config, true)).toThrow(/不是有效的密钥文件.*Not a key file/);
    expect(readFileSync(keyFile, 'utf8')).toBe(text);
  });

  describe('of a bank with a learner', () => {
    let bank: Awaited<ReturnType<typeof newDatabase>>;
    let database: Database;
    beforeEach(async () => {
      bank = await newDatabase('sqlite');
      database = bank.database;
      const vault = await openIdentityVault(config, database.reader);
      const learnerId = randomUUID();
      const learner: Learner = {
        learnerId,
        name: '张示例',
        identityType: 'RESIDENT_ID',
        identityCipher: vault.seal(learnerId, NUMBER),
        identityHash: vault.fingerprint('RESIDENT_ID', NUMBER),
        unitCode: '140105',
        consentAt: 1,
        openedOn: '2024-06-03',
        openedBy: randomUUID(),
        recordedAt: 1,
      };
      await database.writer.write(({ orm }) => orm.insert('learner', learner));
    });
    afterEach(() => bank.remove());

    it('is accepted when it is the same', async () => {
      await expect(openIdentityVault(config, database.reader)).resolves.toBeInstanceOf(IdentityVault);
    });

    it('is refused when it is another one', async () => {
      config.IDENTITY_KEY = '00'.repeat(32);
      await expect(openIdentityVault(config, database.reader)).rejects.toThrow(
        /not the one this bank was created with/,
      );
    });

    it('is not made anew when the file is missing', async () => {
      unlinkSync(keyFile);
      await expect(openIdentityVault(config, database.reader)).rejects.toThrow(ConfigError);
      expect(readdirSync(folder)).toEqual([]);
    });
  });
});
