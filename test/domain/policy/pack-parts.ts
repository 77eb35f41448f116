import type { Mistake } from '../../../src/policy/domain/mistake.js';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PolicyPackError, readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';

const SHIPPED = new URL('../../../fixtures/policy/taiyuan-default.yaml', import.meta.url);

/** One row of a table: what is wrong, the change that makes it so, and how each mistake begins, in any order. */
export type Broken = [what: string, change: (file: PackFile) => void, mistakes: string[]];

/** Exactly these mistakes, each known by its beginning. */
export function expectMistakes(mistakes: string[], beginnings: string[]): void {
  const named = mistakes.map((mistake) => beginnings.find((beginning) => mistake.startsWith(beginning)) ?? mistake);
  expect(named.sort()).toEqual([...beginnings].sort());
}

const SHIPPED_JSON = JSON.stringify(parse(readFileSync(SHIPPED, 'utf8')));

/** Content of the pack the bank is delivered with, a new copy each time. */
export function shippedFile(): PackFile {
  return JSON.parse(SHIPPED_JSON) as PackFile;
}

/** Mistakes that the shipped pack has after a change; empty when it loads. */
export function mistakesAfter(change: (file: PackFile) => void): string[] {
  const file = shippedFile();
  change(file);
  return mistakesOf(file);
}

/** Mistakes of the content of a pack's file; empty when it loads. */
export function mistakesOf(content: unknown): string[] {
  try {
    readPolicyPack(content);
    return [];
  } catch (error) {
    if (error instanceof PolicyPackError) return error.mistakes.map(inEnglish);
    throw error;
  }
}

/** `/tariffs/0 leisure-time: a step … (suggestion)`. */
function inEnglish({ pointer, message, suggestion }: Mistake): string {
  return `${pointer || '/'} ${message}${suggestion ? ` (${suggestion})` : ''}`;
}

export function named(en: string) {
  return { zh: en, en };
}
