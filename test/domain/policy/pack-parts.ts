import type { Mistake } from '../../../src/policy/domain/mistake.js';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { PolicyPackError, readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { MINIMAL_PACK } from '../../../src/policy/domain/pack-example.js';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import { readPackText } from '../../../src/policy/read-pack-text.js';

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
  return foundIn(() => readPolicyPack(content)).map(inEnglish);
}

/** The minimal pack with one piece of text replaced. */
export function textWith(from: string, to: string): string {
  if (!MINIMAL_PACK.includes(from)) throw new Error(`The minimal pack does not say ${from}`);
  return MINIMAL_PACK.replace(from, to);
}

/** Line, column, pointer and kind of every mistake of a file; empty when it loads. */
export function placesIn(file: string | Uint8Array) {
  return foundIn(() => readPackText(file)).map(({ line, column, pointer, code }) => ({ line, column, pointer, code }));
}

/** Mistakes with which reading a pack ends; none when it is read. */
export function foundIn(read: () => unknown): Mistake[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof PolicyPackError) return error.mistakes;
    throw error;
  }
}

/** `/tariffs/0/step leisure-time: a step … (suggestion)`. */
function inEnglish({ pointer, about, message, suggestion }: Mistake): string {
  return `${pointer || '/'} ${about === undefined ? '' : `${about}: `}${message.en}${suggestion ? ` (${suggestion.en})` : ''}`;
}

export function named(en: string) {
  return { zh: en, en };
}

const RULE = shippedRule();

function shippedRule(): PackFile['conversionRules'][number] {
  const { cap: _cap, ...rule } = shippedFile().conversionRules[0]!;
  return rule;
}

/** A conversion rule without a cap between two types. */
export function rule(code: string, from: string, to: string): PackFile['conversionRules'][number] {
  return { ...RULE, code, from, to };
}
