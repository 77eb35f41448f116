import type { Named } from './schema-parts.js';

/** One thing that two packs say differently. Values are those of the file; null where a pack does not say it. */
export interface PackChange {
  /** `tariffs[leisure-time].classHoursPerCredit`: items are named by their code. */
  path: string;
  kind: 'added' | 'removed' | 'changed';
  before: unknown;
  after: unknown;
}

/**
 * Everything that differs between the contents of two pack files, in the order of the first one. Items are compared by
 * their code, so that moving a rule is no change; lists without codes as sets where nothing stands twice, else whole.
 */
export function comparePacks(before: unknown, after: unknown): PackChange[] {
  return [...changesAt('', before, after)];
}

/** One change on one line: `～ 修改 changed tariffs[a].classHoursPerCredit: 18 → 20`. */
export function changeLine({ path, kind, before, after }: PackChange): string {
  const { sign, words } = SIGNS[kind];
  const value = kind === 'changed' ? `${shown(before)} → ${shown(after)}` : shown(kind === 'added' ? after : before);
  return `${sign} ${words.zh} ${words.en} ${path}: ${value}`;
}

const SIGNS: Record<PackChange['kind'], { sign: string; words: Named }> = {
  added: { sign: '+', words: { zh: '新增', en: 'added' } },
  removed: { sign: '-', words: { zh: '删除', en: 'removed' } },
  changed: { sign: '~', words: { zh: '修改', en: 'changed' } },
};

function shown(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function* changesAt(path: string, before: unknown, after: unknown): Generator<PackChange> {
  if (before === undefined && after === undefined) return;
  if (before === undefined) {
    yield { path, kind: 'added', before: null, after };
    return;
  }
  if (after === undefined) {
    yield { path, kind: 'removed', before, after: null };
    return;
  }
  if (same(before, after)) return;
  const [left, right] = [fieldsOf(before), fieldsOf(after)];
  if (left && right) {
    const names = new Set([...left.keys(), ...right.keys()]);
    const isList = Array.isArray(before);
    for (const name of names) {
      const step = isList ? `${path}[${name}]` : path === '' ? name : `${path}.${name}`;
      yield* changesAt(step, left.get(name), right.get(name));
    }
    return;
  }
  yield { path, kind: 'changed', before, after };
}

/** Named parts of a value: fields of a mapping, items of a list by their code or by themselves; null when it has none. */
function fieldsOf(value: unknown): Map<string, unknown> | null {
  if (typeof value !== 'object' || value === null) return null;
  if (!Array.isArray(value)) return new Map(Object.entries(value));
  const items = value as unknown[];
  const codes = items.map((item) => (typeof item === 'object' ? (item as { code?: unknown } | null)?.code : item));
  if (codes.some((code) => typeof code !== 'string' && typeof code !== 'number')) return null;
  const fields = new Map(items.map((item, index) => [String(codes[index]), item]));
  return fields.size === items.length ? fields : null;
}

function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const [left, right] = [Object.entries(a), new Map(Object.entries(b))];
  return (
    Array.isArray(a) === Array.isArray(b) &&
    left.length === right.size &&
    left.every(([name, value]) => right.has(name) && same(value, right.get(name)))
  );
}
