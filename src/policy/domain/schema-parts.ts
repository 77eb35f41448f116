import { parseCredit } from '../../kernel/credit.js';

/*
 * Words of JSON Schema that the parts of a pack share. Descriptions become the reference page: Chinese first, then
 * English, after a slash.
 */

/** A name in the two languages people read. */
export interface Named {
  zh: string;
  en: string;
}

/** What happens to the part that is over a limit: it is cut off, or the whole is refused. */
export type WhenOver = 'cut' | 'refuse';

/** A JSON Schema, or a part of one. */
export type Schema = Record<string, unknown>;

/** What the reference page shows of a field besides its meaning. */
interface FieldNotes {
  /** A value that makes sense. */
  example?: unknown;
  /** What holds when the field is left out. */
  default?: unknown;
}

/** The same schema with what people read about it. */
export function described(schema: Schema, zh: string, en: string, notes: FieldNotes = {}): Schema {
  return {
    ...schema,
    description: `${zh} / ${en}`,
    ...(notes.example === undefined ? {} : { examples: [notes.example] }),
    ...(notes.default === undefined ? {} : { default: notes.default }),
  };
}

/** A shape that many places use: the reference page explains it once, under this name. */
export function shared(title: string, schema: Schema): Schema {
  return { ...schema, title };
}

export const CODE: Schema = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' };
export const DAY: Schema = { type: 'string', format: 'day' };
/** `09-01`: a day of every year. 29 February is none. */
export const MONTH_DAY: Schema = { type: 'string', format: 'month-day' };
export const CREDIT: Schema = {
  type: 'string',
  pattern: '^\\d{1,6}(\\.\\d{1,2})?$',
  description: '学分，最多两位小数，加引号 / Credit, at most two decimals, in quotes',
  examples: ['1.50'],
};
/** A fraction as text. */
export const SHARE: Schema = { type: 'string', pattern: '^[1-9]\\d{0,3}/[1-9]\\d{0,3}$' };
/** A word of a list: what parts the entries of lists, and brackets, are no part of a word. */
export const WORD: Schema = { type: 'string', minLength: 1, pattern: '^[^、，,;；【】［］[\\]]*$' };
export const PERCENT: Schema = { type: 'integer', minimum: 0, maximum: 100 };

/** A whole number between two others, which belong to it. */
export function integer(minimum: number, maximum: number): Schema {
  return { type: 'integer', minimum, maximum };
}

/** An object that has exactly these properties; names ending in `?` may be left out. */
export function object(properties: Record<string, Schema>): Schema {
  const names = Object.keys(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), properties[name]])),
  };
}

/** A list with at least so many items. */
export function list(items: Schema, minItems = 0, maxItems = 1_000): Schema {
  return { type: 'array', items, minItems, maxItems };
}

/** A list in which nothing stands twice. */
export function set(items: Schema, minItems = 0): Schema {
  return { ...list(items, minItems), uniqueItems: true };
}

/** One of these words. */
export function oneOf(values: readonly string[]): Schema {
  return { enum: [...values] };
}

const TEXT: Schema = { type: 'string', minLength: 1 };
/** A name in Chinese and English. */
export const NAMED = shared(
  'name',
  described(
    object({
      zh: described(TEXT, '中文名称', 'Chinese name', { example: '文化休闲学分' }),
      en: described(TEXT, '英文名称', 'English name', { example: 'Culture and leisure credit' }),
    }),
    '中英文名称',
    'Name in Chinese and English',
  ),
);

/** Hundredths of a credit text that the schema has already checked. */
export function centi(text: string): number {
  return parseCredit(text) ?? 0;
}
