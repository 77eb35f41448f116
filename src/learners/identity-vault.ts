import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type Config, ConfigError } from '../platform/config/config.js';
import type { Reader } from '../platform/database/data-sources.js';
import type { IdentityType } from './domain/identity-number.js';
import { readIdentityKey } from './identity-key.js';
import type { Learner } from './learners.entity.js';

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Keeps identity numbers so that a stolen database tells nothing: encrypted for reading, and as a keyed hash for
 * finding. Two subkeys, so that neither use weakens the other.
 */
@Injectable()
export class IdentityVault {
  private readonly sealingKey: Buffer;
  private readonly hashingKey: Buffer;

  /** `key` is 32 random bytes. */
  constructor(key: Buffer) {
    this.sealingKey = Buffer.from(hkdfSync('sha256', key, '', 'identity number: encryption', 32));
    this.hashingKey = Buffer.from(hkdfSync('sha256', key, '', 'identity number: directory', 32));
  }

  /** Ciphertext of a number, base64 of nonce, tag and cipher. It opens for this learner only; equal numbers differ. */
  seal(learnerId: string, number: string): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(CIPHER, this.sealingKey, nonce).setAAD(Buffer.from(learnerId));
    const sealed = Buffer.concat([cipher.update(number, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64');
  }

  /** The number behind a ciphertext. Errors: throws when it was sealed for another learner, with another key, or changed. */
  open(learnerId: string, ciphertext: string): string {
    const bytes = Buffer.from(ciphertext, 'base64');
    const decipher = createDecipheriv(CIPHER, this.sealingKey, bytes.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(learnerId))
      .setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    return decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
  }

  /** Keyed hash of a document: the same document is the same text, and nobody without the key can try numbers. */
  fingerprint(identityType: IdentityType, number: string): string {
    return this.keyedHash(`${identityType}:${number}`);
  }

  /**
   * Keyed hash in place of a plain one of content that holds a document number. From a plain hash and the name beside
   * it, the few million numbers of a county are tried in seconds.
   */
  blind(plainHash: string): string {
    return this.keyedHash(`body:${plainHash}`);
  }

  private keyedHash(text: string): string {
    return createHmac('sha256', this.hashingKey).update(text).digest('base64url');
  }
}

/**
 * The vault of this bank. Errors: `ConfigError` when the key is not the one its learners were sealed with. Found out at
 * the start, because a second key would let every person open a second account.
 */
export async function openIdentityVault(config: Config, reader: Reader): Promise<IdentityVault> {
  const [known] = await reader.orm.find<Learner>('learner', { take: 1 });
  const vault = new IdentityVault(readIdentityKey(config, known === undefined));
  if (known) {
    try {
      vault.open(known.learnerId, known.identityCipher);
    } catch {
      throw new ConfigError(
        'IDENTITY_KEY 不是本库加密时使用的密钥。The identity key is not the one this bank was created with',
      );
    }
  }
  return vault;
}
