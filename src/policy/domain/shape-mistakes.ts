import type { ErrorObject } from 'ajv';
import { mistakeAt, nearestName, type Mistake } from './mistake.js';
import { rightDay } from './right-day.js';
import { isDay } from '../../kernel/clock.js';
import { colonWrong, joinedWords, oddText, plainText } from './odd-text.js';
import { flowText, sampleOf } from './sample-value.js';
import { CODE, CREDIT, SHARE, type Schema } from './schema-parts.js';

/** What Ajv found in a pack's file, each mistake once, with what was probably meant. */
export function shapeMistakes(errors: ErrorObject[]): Mistake[] {
  const found = withoutOtherBranches(errors).map(toMistake);
  // A field whose colon is wrong is there: it is not missing besides.
  const there = new Set(found.flatMap(({ pointer, present = [] }) => present.map((field) => `${pointer}/${field}`)));
  const mistakes = found.filter(
    ({ code, pointer, field }) => code !== 'field-missing' || !there.has(`${pointer}/${field}`),
  );
  return [...new Map(mistakes.map((mistake) => [`${mistake.pointer} ${mistake.message.en}`, mistake])).values()];
}

/** Of a choice that none of the forms fits, only what keeps the nearest form from fitting is worth reading. */
function withoutOtherBranches(errors: ErrorObject[]): ErrorObject[] {
  let kept = errors;
  for (const choice of errors.filter(
    ({ keyword, params }) => keyword === 'anyOf' || (keyword === 'oneOf' && params['passingSchemas'] === null),
  )) {
    const branchOf = ({ schemaPath, instancePath }: ErrorObject) =>
      schemaPath.startsWith(`${choice.schemaPath}/`) && instancePath.startsWith(choice.instancePath)
        ? schemaPath.slice(choice.schemaPath.length + 1).split('/')[0]!
        : null;
    const sizes = new Map<string, number>();
    for (const branch of kept.map(branchOf)) if (branch !== null) sizes.set(branch, (sizes.get(branch) ?? 0) + 1);
    const [nearest] = [...sizes].sort((a, b) => a[1] - b[1]);
    if (!nearest) continue;
    kept = kept.filter((error) => error !== choice && [null, nearest[0]].includes(branchOf(error)));
  }
  return kept;
}

function toMistake(error: ErrorObject): Mistake {
  const { instancePath: pointer, keyword, data, message = '' } = error;
  const params = error.params as Record<string, unknown>;
  const limit = Number(params['limit']);
  const schema: Schema = error.parentSchema ?? {};
  const isEntry = /\/\d+$/.test(pointer) && typeof data === 'string' && ['pattern', 'enum', 'const'].includes(keyword);
  const words = isEntry ? joinedWords(data) : null;
  if (words) return mistakeAt(pointer, 'words-joined', words);
  switch (keyword) {
    case 'additionalProperties': {
      const field = String(params['additionalProperty']);
      const known = fieldsOf(schema);
      const colon = colonWrong(field, known);
      if (colon)
        return { ...mistakeAt(pointer, 'colon-wrong', colon.isWide, colon.right), field, present: colon.fields };
      return { ...mistakeAt(pointer, 'field-unknown', field, known, nearestName(field, known)), field };
    }
    case 'required': {
      const field = String(params['missingProperty']);
      const shape = (schema['properties'] as Record<string, Schema> | undefined)?.[field];
      return { ...mistakeAt(pointer, 'field-missing', field), field, ...(shape ? { shape } : {}) };
    }
    case 'type': {
      const types = [params['type']].flat().map(String);
      const sample = pointer === '' ? WHOLE_FILE : sampleOf(schema);
      const isText = typeof data === 'string';
      const colon = isText && types.includes('object') ? colonWrong(data, fieldsOf(schema)) : null;
      if (colon) return mistakeAt(pointer, 'colon-wrong', colon.isWide, colon.right);
      if (schema['pattern'] === SHARE['pattern']) return mistakeAt(pointer, 'share-wrong', oddText(data, schema));
      const odd = isText && !types.includes('array') ? oddText(data, schema).oddities : [];
      return mistakeAt(pointer, 'type-wrong', types, rightType(types, data), sample, odd);
    }
    case 'enum':
    case 'const': {
      const allowed = ((params['allowedValues'] as unknown[] | undefined) ?? [params['allowedValue']]).map(String);
      return mistakeAt(pointer, 'value-unknown', named(allowed), nearestName(String(data), allowed));
    }
    case 'discriminator': {
      const { tag, tagValue } = params as { tag: string; tagValue: unknown };
      if (tagValue === undefined) return { ...mistakeAt(pointer, 'field-missing', tag), field: tag };
      const allowed = branchTags(schema, tag);
      return mistakeAt(
        `${pointer}/${tag}`,
        'value-unknown',
        allowed,
        typeof tagValue === 'string' ? nearestName(tagValue, allowed) : undefined,
      );
    }
    case 'format':
      return params['format'] === 'day'
        ? mistakeAt(pointer, 'day-wrong', rightDay(plainText(String(data))), oddText(data, schema))
        : mistakeAt(pointer, 'month-day-wrong', oddText(data, schema, isMonthDay));
    case 'pattern':
      if (params['pattern'] === CODE['pattern']) return mistakeAt(pointer, 'code-wrong', oddText(data, schema));
      if (params['pattern'] === CREDIT['pattern']) return mistakeAt(pointer, 'credit-wrong', oddText(data, schema));
      if (params['pattern'] === SHARE['pattern']) return mistakeAt(pointer, 'share-wrong', oddText(data, schema));
      return mistakeAt(pointer, 'text-wrong', String(params['pattern']), oddText(data, schema), exampleOf(schema));
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return mistakeAt(
        pointer,
        'number-out-of-range',
        String(params['comparison']),
        limit,
        otherBound(schema, keyword),
      );
    case 'minItems':
      return mistakeAt(pointer, 'too-few-items', limit, sampleOf((schema['items'] ?? {}) as Schema));
    case 'maxItems':
      return mistakeAt(pointer, 'too-many', limit, 'items');
    case 'minLength':
      return mistakeAt(pointer, 'too-few', limit, 'characters');
    case 'maxLength':
      return mistakeAt(pointer, 'too-many', limit, 'characters');
    case 'minProperties':
      return mistakeAt(pointer, 'too-few', limit, 'fields', fieldsOf(schema));
    case 'maxProperties':
      return mistakeAt(pointer, 'too-many', limit, 'fields', fieldsOf(schema));
    case 'uniqueItems': {
      const [first, second] = [Number(params['j']), Number(params['i'])].sort((a, b) => a - b) as [number, number];
      return mistakeAt(`${pointer}/${second}`, 'item-twice', first);
    }
    case 'not':
      return mistakeAt(pointer, 'fields-exclusive', ['credit', 'step']);
    case 'oneOf':
    case 'anyOf':
      return mistakeAt(pointer, 'forms-ambiguous');
    default:
      return mistakeAt(pointer, 'shape-wrong', message);
  }
}

/** 2023 has no 29 February: a day of every year. */
function isMonthDay(text: string): boolean {
  return isDay(`2023-${text}`);
}

/** What a file says that is no pack at all. */
const WHOLE_FILE = 'code: my-city';

function fieldsOf(schema: Schema): string[] {
  return Object.keys((schema['properties'] as object | undefined) ?? {});
}

const OTHER_END = {
  minimum: ['maximum', 'exclusiveMaximum'],
  exclusiveMinimum: ['maximum', 'exclusiveMaximum'],
  maximum: ['minimum', 'exclusiveMinimum'],
  exclusiveMaximum: ['minimum', 'exclusiveMinimum'],
};

/** The bound of a number's range that it did not break. */
function otherBound(schema: Schema, keyword: keyof typeof OTHER_END): number | null {
  const [bound] = OTHER_END[keyword].map((name) => schema[name]).filter((value) => typeof value === 'number');
  return bound ?? null;
}

/** The same value in the right type, as it would be written; null where there is none. */
function rightType(types: string[], data: unknown): string | null {
  if (types.includes('string') && typeof data === 'number') return `'${data}'`;
  const plain = typeof data === 'string' ? plainText(data) : '';
  if (types.includes('integer') && /^(?:0|[1-9]\d*)$/.test(plain)) return plain;
  if (types.includes('number') && /^(?:0|[1-9]\d*)(\.\d+)?$/.test(plain)) return plain;
  if (types.includes('boolean') && typeof data === 'string') {
    if (/^(yes|on|y|true|是)$/i.test(plain)) return 'true';
    if (/^(no|off|n|false|否)$/i.test(plain)) return 'false';
  }
  if (types.includes('array') && typeof data === 'string')
    return `[${(joinedWords(data) ?? [plain]).map(flowText).join(', ')}]`;
  return null;
}

/** Values one may choose from; a hundred marks are said as a range. */
function named(allowed: string[]): string[] {
  const numbers = allowed.filter((value) => /^\d+$/.test(value));
  if (numbers.length < 20) return allowed;
  return [...allowed.filter((value) => !numbers.includes(value)), `${numbers[0]}–${numbers.at(-1)}`];
}

function branchTags(schema: Schema, tag: string): string[] {
  const branches = (schema['oneOf'] ?? []) as { properties: Record<string, { const?: unknown }> }[];
  return branches.map(({ properties }) => String(properties[tag]?.const));
}

function exampleOf(schema: Schema): string | undefined {
  const [example] = (schema['examples'] as unknown[] | undefined) ?? [];
  return typeof example === 'string' ? `'${example}'` : undefined;
}
