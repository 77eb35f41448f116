import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  visit,
  type Alias,
  type Document,
  type LineCounter,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import { mistakeAt, type Mistake } from './domain/mistake.js';
import type { PolicyPack } from './domain/policy-pack.js';
import { PolicyPackError, readPolicyPack } from './domain/read-policy-pack.js';
import { mendYaml, readYaml, type MendedYaml } from './mend-yaml.js';
import { yamlMistake } from './yaml-mistake.js';

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
  if (Buffer.byteLength(text) > MOST_BYTES) refuse(mistakeAt('', 'file-too-large', MOST_BYTES));
  const { document, lines, slips, columnInFile } = parse(text);
  const content = toData(document, lines);
  const furtherDocuments = document.errors.map(({ pos }) => ({
    ...mistakeAt('', 'yaml-many-documents'),
    ...placeOf(lines, pos[0]),
  }));
  try {
    const pack = readPolicyPack(content, unreadValues(document));
    if (furtherDocuments.length + slips.length > 0) throw new PolicyPackError([]);
    return { content, pack };
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    const located = [...error.mistakes.map((mistake) => locate(document, lines, mistake)), ...furtherDocuments].map(
      (mistake) => ({ ...mistake, column: columnInFile(mistake.line, mistake.column) }),
    );
    throw new PolicyPackError(inOrder([...slips, ...located]));
  }
}

/** UTF-8, with or without a mark of its byte order. */
function decode(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)) refuse(mistakeAt('', 'file-utf16'));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuse(mistakeAt('', 'file-not-utf8'));
  }
}

function refuse(mistake: Mistake, place = { line: 1, column: 1 }): never {
  throw new PolicyPackError([{ ...mistake, ...place }]);
}

/**
 * The tree of a text, and the slips that were mended to get it. Where they are not the only faults there is no tree and
 * nothing more to check: all of them are told, but not what follows from a wrong indentation.
 */
function parse(text: string): MendedYaml {
  let read: MendedYaml;
  try {
    read = mendYaml(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser calls itself for every level: thousands of brackets exhaust the stack.
    if (error instanceof RangeError) refuse(mistakeAt('', 'nested-too-deeply'));
    throw error;
  }
  const { document, lines, faults, slips } = read;
  if (faults.some(({ message }) => message.includes('call stack'))) refuse(mistakeAt('', 'nested-too-deeply'));
  if (faults.length > 0) {
    const mistakes = faults.map(({ code, pos }) => ({ ...yamlMistake(code), ...placeOf(lines, pos[0]) }));
    const [first] = inOrder(mistakes);
    const isIndent = first?.code === 'yaml-tab' || first?.code === 'yaml-indent';
    const told = [...slips, ...(isIndent ? [first] : mistakes)];
    throw new PolicyPackError(
      inOrder([...new Map(told.map((mistake) => [`${mistake.line} ${mistake.code}`, mistake])).values()]),
    );
  }
  if (document.contents === null) refuse(mistakeAt('', 'file-empty'));
  return read;
}

/** The tree as data. An alias that repeats itself, or a few that unfold to gigabytes, are refused before they do. */
function toData(document: Document, lines: LineCounter): unknown {
  const aliases: Alias[] = [];
  visit(document, { Alias: (_, alias) => void aliases.push(alias) });
  for (const alias of aliases) {
    const source = alias.resolve(document);
    const [at, from, to] = [alias.range?.[0] ?? 0, source?.range?.[0] ?? 0, source?.range?.[2] ?? 0];
    if (!source) refuse(mistakeAt('', 'alias-unknown', alias.source), placeOf(lines, at));
    if (from <= at && at < to) refuse(mistakeAt('', 'alias-in-itself', alias.source), placeOf(lines, at));
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    if (!(error instanceof ReferenceError) && !(error instanceof RangeError)) throw error;
    return refuse(mistakeAt('', 'aliases-too-large'), placeOf(lines, aliases.at(-1)?.range?.[0] ?? 0));
  }
}

/** Fields that stand twice in JSON that could be parsed, which has kept the last of each. */
export function doubledFields(json: Uint8Array): Mistake[] {
  try {
    const { document, faults } = readYaml(new TextDecoder().decode(json));
    return faults.length > 0 ? [] : unreadValues(document).filter(({ code }) => code === 'yaml-field-twice');
  } catch (error) {
    // What is nested by the thousand is refused for that.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

/** Numbers as people and every reader of YAML read them alike: no `012`, `1e3`, `0x10`, `.5` or `.inf`. */
const PLAIN_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;

/** Values of which the text does not say one thing: fields that stand twice, and numbers that readers read differently. */
function unreadValues(document: Document): Mistake[] {
  const found: Mistake[] = [];
  const walk = (node: unknown, pointer: string, level: number): void => {
    if (level > DEEPEST) return;
    if (isSeq(node)) node.items.forEach((item, index) => walk(item, `${pointer}/${index}`, level + 1));
    else if (isMap(node)) {
      const seen = new Set<string>();
      for (const { key, value } of node.items) {
        const name = nameOf(document, key as Node | null);
        const place = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
        if (seen.has(name)) found.push({ ...mistakeAt(place, 'yaml-field-twice', name), field: name });
        else walk(value, place, level + 1);
        seen.add(name);
      }
    } else if (isScalar(node) && typeof node.value === 'number' && !PLAIN_NUMBER.test(node.source ?? '')) {
      const plain = String(node.value);
      found.push(mistakeAt(pointer, 'number-form', node.source ?? '', PLAIN_NUMBER.test(plain) ? plain : null));
    }
  };
  walk(document.contents, '', 0);
  return found;
}

/** Deeper than any rule: what lies below is refused for that. */
const DEEPEST = 100;

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(1, line), column: Math.max(1, col) };
}

function inOrder(mistakes: Mistake[]): Mistake[] {
  return [...mistakes].sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** A mistake with the line of its place, or of the nearest place around it that is in the file. */
function locate(document: Document, lines: LineCounter, mistake: Mistake): Mistake & { line: number; column: number } {
  const path = mistake.pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  let node = resolved(document, document.contents);
  let offset = node?.range?.[0] ?? 0;
  for (const step of path) {
    const next = childOf(document, node, step);
    if (!next) break;
    offset = next.value?.range?.[0] ?? next.key?.range?.[0] ?? offset;
    node = resolved(document, next.value);
  }
  if (mistake.code === 'yaml-field-twice') {
    const name = path.at(-1)!;
    offset = childOf(document, parentOf(document, path), name)?.key?.range?.[0] ?? offset;
  } else if (mistake.field !== undefined) {
    // A field that should not be there is shown at its name.
    offset = childOf(document, node, mistake.field)?.key?.range?.[0] ?? offset;
  }
  return { ...asWritten(mistake, node), ...placeOf(lines, offset) };
}

function parentOf(document: Document, path: string[]): Node | null {
  return path
    .slice(0, -1)
    .reduce(
      (node, step) => resolved(document, childOf(document, node, step)?.value ?? null),
      resolved(document, document.contents),
    );
}

/** A number that must be text is suggested with the digits of the file: `2024.10` is not `2024.1`. */
function asWritten(mistake: Mistake, node: Node | null): Mistake {
  if (mistake.code !== 'type-wrong' || !isScalar(node) || typeof node.value !== 'number') return mistake;
  const written = (text: string) => text.replace(`'${String(node.value)}'`, `'${node.source ?? ''}'`);
  return { ...mistake, suggestion: { zh: written(mistake.suggestion.zh), en: written(mistake.suggestion.en) } };
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
  return fieldsOf(document, parent).get(step) ?? null;
}

type Field = Pair<Node | null, Node | null>;
const FIELDS = new WeakMap<YAMLMap, Map<string, Field>>();

/** Fields of a mapping by name, looked through once. Of a field that stands twice the last one counts. */
function fieldsOf(document: Document, parent: YAMLMap): Map<string, Field> {
  let fields = FIELDS.get(parent);
  if (!fields) {
    fields = new Map((parent.items as Field[]).map((pair) => [nameOf(document, pair.key), pair]));
    FIELDS.set(parent, fields);
  }
  return fields;
}

function nameOf(document: Document, key: Node | null): string {
  const name = resolved(document, key);
  return String(isScalar(name) ? name.value : name);
}

function resolved(document: Document, node: Node | null): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}
