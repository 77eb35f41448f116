import type { PageKey } from '../platform/http/paging.js';
import { isCatalogueCode } from './domain/catalogue-code.js';

/** The key of lists in order of code. */
export function isCodeKey(key: PageKey): key is [string] {
  return key.length === 1 && typeof key[0] === 'string' && isCatalogueCode(key[0]);
}
