import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, linkSync, openSync, readFileSync, unlinkSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Config, ConfigError } from '../platform/config/config.js';

const KEY_TEXT = /^[0-9a-fA-F]{64}$/;

/**
 * The 32 bytes that guard identity numbers: IDENTITY_KEY where it is set, else the file beside the embedded bank.
 * `mayCreate` says whether the bank is still without learners: then, and only then, a missing file is made. Errors:
 * `ConfigError` when the file is missing in a bank with learners, or does not hold a key.
 */
export function readIdentityKey(config: Config, mayCreate: boolean): Buffer {
  if (config.IDENTITY_KEY !== undefined) return Buffer.from(config.IDENTITY_KEY, 'hex');
  const path = `${config.DATABASE_FILE}.key`;
  let text = readKeyFile(path);
  if (text === null) {
    if (!mayCreate) {
      throw new ConfigError(
        `找不到 ${path}，已有的证件号码无法读取；请从备份恢复该文件。The bank has learners but its key file is missing: restore it from the backup`,
      );
    }
    createKeyFile(path);
    text = readKeyFile(path) ?? '';
  }
  if (!KEY_TEXT.test(text)) {
    throw new ConfigError(
      `${path} 不是有效的密钥文件（应为 64 个十六进制字符）；文件未作改动，请从备份恢复。Not a key file (64 hexadecimal characters); it was left as it is: restore it from the backup`,
    );
  }
  return Buffer.from(text, 'hex');
}

function readKeyFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Whole or not at all, never over another one: two processes that start together end up with the same key. */
function createKeyFile(path: string): void {
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeSync(file, `${randomBytes(32).toString('hex')}\n`);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  // A number encrypted under a key that a power cut takes away is lost, so the name must be on disk as well.
  const folder = openSync(dirname(path), 'r');
  fsyncSync(folder);
  closeSync(folder);
}
