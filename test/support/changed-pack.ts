import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import type { PackFile } from '../../src/policy/domain/pack-file.js';

/** A file with the rules the bank is delivered with, changed as a test needs them. Gives its path. */
export function changedPack(change: (file: PackFile) => void): string {
  const file = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as PackFile;
  change(file);
  const path = join(mkdtempSync(join(tmpdir(), 'pack-')), 'pack.yaml');
  writeFileSync(path, stringify(file));
  return path;
}
