import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Alias,
  type Document,
  type Node,
} from 'yaml';
import type { Mistake } from './domain/mistake.js';
import type { PolicyPack } from './domain/policy-pack.js';
import { PolicyPackError, readPolicyPack } from './domain/read-policy-pack.js';

/** Largest pack file, in bytes; the whole of Taiyuan's rules is 1 % of it. */
export const MOST_BYTES = 1024 * 1024;

/** A pack's file: its content as data, which is what is published, and what it means. */
export interface PackText {
  content: unknown;
  pack: PolicyPack;
}

/**
 * Reads a pack from the text of its YAML file (JSON is YAML too).
 * Errors: `PolicyPackError` with every mistake and the line it stands on, in the order of the file.
 */
export function readPackText(file: Uint8Array | string): PackText {
  const text = typeof file === 'string' ? file : decode(file);
  if (Buffer.byteLength(text) > MOST_BYTES) refuse(1, `the file is larger than ${MOST_BYTES} bytes`);
  const lines = new LineCounter();
  const document = parse(text, lines);
  const content = toData(document, lines);
  try {
    return { content, pack: readPolicyPack(content) };
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    throw new PolicyPackError(inOrder(error.mistakes.map((mistake) => located(document, lines, mistake))));
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(1, 'the file is not UTF-8 text');
  }
}

function refuse(line: number, message: string, column = 1): never {
  throw new PolicyPackError([{ pointer: '', message, line, column }]);
}

/** All mistakes of the YAML itself at once: without a tree there is nothing more to check. */
function parse(text: string, lines: LineCounter): Document {
  let document: Document;
  try {
    document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error', version: '1.2' });
  } catch (error) {
    // The parser calls itself for every level: thousands of brackets exhaust the stack.
    if (error instanceof RangeError) refuse(1, 'is nested too deeply');
    throw error;
  }
  const faults = [...document.errors, ...document.warnings];
  if (faults.some(({ message }) => message.includes('call stack'))) refuse(1, 'is nested too deeply');
  if (faults.length > 0) {
    const mistakes = faults.map(({ message, pos }) => ({
      pointer: '',
      message: `YAML: ${message}`,
      ...placeOf(lines, pos[0]),
    }));
    throw new PolicyPackError(
      inOrder([...new Map(mistakes.map((mistake) => [`${mistake.line} ${mistake.message}`, mistake])).values()]),
    );
  }
  if (document.contents === null) refuse(1, 'the file is empty');
  return document;
}

/** The tree as data. An alias that repeats itself, or a few that unfold to gigabytes, are refused before they do. */
function toData(document: Document, lines: LineCounter): unknown {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  for (const alias of aliases) {
    const source = alias.resolve(document);
    const { line, column } = placeOf(lines, alias.range?.[0] ?? 0);
    if (!source) refuse(line, `the alias *${alias.source} has no anchor before it`, column);
    const [at, from, to] = [alias.range?.[0] ?? 0, source.range?.[0] ?? 0, source.range?.[2] ?? 0];
    if (from <= at && at < to) refuse(line, `the alias *${alias.source} stands inside what it repeats`, column);
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    const { line, column } = placeOf(lines, aliases.at(-1)?.range?.[0] ?? 0);
    return refuse(line, 'the aliases unfold to too much', column);
  }
}

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function inOrder(mistakes: Mistake[]): Mistake[] {
  return [...mistakes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** A mistake with the line of its place, or of the nearest place around it that is in the file. */
function located(document: Document, lines: LineCounter, mistake: Mistake): Mistake {
  const path = mistake.pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const steps = mistake.field === undefined ? path : [...path, mistake.field];
  let node = resolved(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const [index, step] of steps.entries()) {
    const isField = mistake.field !== undefined && index === steps.length - 1;
    const next = childOf(document, node, step);
    if (!next) break;
    // A wrong value is shown where it stands; a field that should not be there, and all of a part, at its name.
    offset = (isField ? next.key : next.value)?.range?.[0] ?? next.key?.range?.[0] ?? offset;
    node = resolved(document, next.value);
  }
  return { ...mistake, ...placeOf(lines, offset) };
}

/** What a name or a number in a pointer leads to: the node of the name, where there is one, and of the value. */
function childOf(
  document: Document,
  parent: Node | null,
  step: string,
): { key: Node | null; value: Node | null } | null {
  if (isSeq(parent)) {
    const value = parent.items[Number(step)];
    return value === undefined ? null : { key: null, value: value as Node };
  }
  if (!isMap(parent)) return null;
  const pair = parent.items.find(({ key }) => {
    const name = resolved(document, key as Node | null);
    return String(isScalar(name) ? name.value : name) === step;
  });
  return pair ? { key: pair.key as Node | null, value: pair.value as Node | null } : null;
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}
