import { CODE, CREDIT, WORD, type Named, type Schema } from './schema-parts.js';

/** One field of a pack's file. */
export interface ReferenceField {
  /** `activityTypes[].visitCap.minutes`; what fits only one form of a choice names the form in brackets. */
  path: string;
  type: Named;
  /** Name of the shape that is explained in a part of its own, where it is one. */
  shape: string | null;
  isRequired: boolean;
  /** What holds when it is left out, as YAML; null where nothing is said. */
  default: string | null;
  meaning: Named;
  /** A value as YAML. */
  example: string;
}

/** One part of the reference: a field at the top of the file with all that is in it, or a shape many places use. */
export interface ReferencePart {
  name: string;
  meaning: Named;
  isShape: boolean;
  fields: ReferenceField[];
}

/** Everything a pack's file may say, in the order of the schema, then the shapes. Takes the published schema. */
export function packReference(schema: Schema): ReferencePart[] {
  const shapes = new Map<string, Schema>();
  const required = requiredOf(schema);
  const parts = Object.entries(propertiesOf(schema)).map(([name, part]) => ({
    name,
    meaning: meaningOf(part),
    isShape: false,
    fields: [...fieldsOf(name, part, required.has(name), shapes)],
  }));
  const explained = new Map<string, ReferencePart>();
  // A shape may use another one, which is then met here.
  for (const [name, shape] of shapes) {
    explained.set(name, {
      name,
      meaning: meaningOf(shape),
      isShape: true,
      fields: [...insideOf('', shape, shapes)],
    });
  }
  return [...parts, ...explained.values()];
}

function propertiesOf(schema: Schema): Record<string, Schema> {
  return (schema['properties'] ?? {}) as Record<string, Schema>;
}

function requiredOf(schema: Schema): Set<string> {
  return new Set((schema['required'] ?? []) as string[]);
}

function meaningOf({ description }: Schema): Named {
  const [zh = '', en = ''] = typeof description === 'string' ? description.split(' / ') : [];
  return { zh, en };
}

/** The field itself, then what is in it. */
function* fieldsOf(
  path: string,
  schema: Schema,
  isRequired: boolean,
  shapes: Map<string, Schema>,
): Generator<ReferenceField> {
  const shape = shapeOf(schema) ?? shapeOf((schema['items'] ?? {}) as Schema);
  yield {
    path,
    type: typeOf(schema),
    shape,
    isRequired,
    default: schema['default'] === undefined ? null : flow(schema['default']),
    meaning: meaningOf(schema),
    example: flow(exampleOf(schema)),
  };
  yield* insideOf(path, schema, shapes);
}

/** What is in a field: of a list, of a choice of forms, of a mapping. A shape is explained elsewhere. */
function* insideOf(path: string, schema: Schema, shapes: Map<string, Schema>): Generator<ReferenceField> {
  const title = shapeOf(schema);
  if (title !== null && path !== '') {
    if (!shapes.has(title)) shapes.set(title, schema);
    return;
  }
  if (schema['items']) {
    yield* insideOf(`${path}[]`, schema['items'] as Schema, shapes);
    return;
  }
  const forms = (schema['oneOf'] ?? schema['anyOf'] ?? []) as Schema[];
  for (const form of forms) yield* insideOf(shapeOf(form) ? path : `${path}${formName(form)}`, form, shapes);
  const required = requiredOf(schema);
  for (const [name, part] of Object.entries(propertiesOf(schema)))
    yield* fieldsOf(path === '' ? name : `${path}.${name}`, part, required.has(name), shapes);
}

function shapeOf(schema: Schema): string | null {
  return typeof schema['title'] === 'string' && schema['properties'] ? schema['title'] : null;
}

/** ` (kind: per-time)`, or ` (share, of)` for a form that is known by the fields it must have. */
function formName(form: Schema): string {
  const fixed = Object.entries(propertiesOf(form)).find(([, part]) => part['const'] !== undefined);
  if (fixed) return ` (${fixed[0]}: ${String(fixed[1]['const'])})`;
  const must = [...requiredOf(form)];
  return must.length > 0 && form['properties'] ? ` (${must.join(', ')})` : '';
}

/** What may be written, in words. */
function typeOf(schema: Schema): Named {
  const { const: fixed, enum: values, type, pattern, format } = schema;
  if (fixed !== undefined) return same(`\`${flow(fixed)}\``);
  if (Array.isArray(values)) return same(values.map((value) => `\`${String(value)}\``).join(' · '));
  if (schema['oneOf']) {
    const forms = (schema['oneOf'] as Schema[]).map(shapeOf).filter((name) => name !== null);
    return {
      zh: `几种写法之一${forms.length > 0 ? `（${forms.join('、')} …）` : ''}`,
      en: `one of several forms${forms.length > 0 ? ` (${forms.join(', ')} …)` : ''}`,
    };
  }
  if (Array.isArray(schema['anyOf'])) {
    const forms = (schema['anyOf'] as Schema[]).map((form) => typeOf({ ...form, anyOf: undefined }));
    return { zh: forms.map(({ zh }) => zh).join(' · '), en: forms.map(({ en }) => en).join(' · ') };
  }
  if (type === 'array') {
    const items = typeOf((schema['items'] ?? {}) as Schema);
    const least = Number(schema['minItems'] ?? 0);
    const unique = schema['uniqueItems'] === true;
    return {
      zh: `列表${least > 0 ? `，至少 ${least} 项` : ''}${unique ? '，不重复' : ''}：${items.zh}`,
      en: `list${least > 0 ? `, at least ${least}` : ''}${unique ? ', each once' : ''}: ${items.en}`,
    };
  }
  if (type === 'object') return { zh: '映射', en: 'mapping' };
  if (pattern === CODE['pattern'])
    return {
      zh: '代码',
      en: 'code',
    };
  if (pattern === CREDIT['pattern'])
    return {
      zh: '学分',
      en: 'credit',
    };
  if (format === 'date') return { zh: "日期 'YYYY-MM-DD'", en: "day 'YYYY-MM-DD'" };
  if (pattern === '^\\d{2}-\\d{2}$') return { zh: "月日 'MM-DD'", en: "day of a year 'MM-DD'" };
  return scalarType(schema);
}

function scalarType({ type, minimum, maximum, exclusiveMinimum, pattern, maxLength }: Schema): Named {
  const kinds = ([] as unknown[]).concat(type);
  const orNull = kinds.includes('null');
  const range = rangeOf(minimum ?? exclusiveMinimum, maximum, exclusiveMinimum !== undefined);
  const or = (named: Named): Named => (orNull ? { zh: `${named.zh} 或 null`, en: `${named.en} or null` } : named);
  if (kinds.includes('integer')) return or({ zh: `整数${range.zh}`, en: `whole number${range.en}` });
  if (kinds.includes('number')) return or({ zh: `数${range.zh}`, en: `number${range.en}` });
  if (kinds.includes('boolean')) return or({ zh: '`true` · `false`', en: '`true` · `false`' });
  if (typeof pattern === 'string' && pattern !== WORD['pattern'])
    return or({ zh: `文字，形如 \`${pattern}\``, en: `text like \`${pattern}\`` });
  const length =
    typeof maxLength === 'number' ? { zh: `，至多 ${maxLength} 字`, en: `, at most ${maxLength}` } : same('');
  return or({ zh: `文字${length.zh}`, en: `text${length.en}` });
}

function rangeOf(from: unknown, to: unknown, isAbove: boolean): Named {
  if (from === undefined || to === undefined) return same('');
  const [least, most] = [flow(from), flow(to)];
  return isAbove
    ? { zh: `，大于 ${least}，至多 ${most}`, en: ` over ${least}, at most ${most}` }
    : same(` ${least}–${most}`);
}

function same(text: string): Named {
  return { zh: text, en: text };
}

/** A value that fits: the one that is given, or else the simplest there is. */
function exampleOf(schema: Schema): unknown {
  const { examples, const: fixed, enum: values, type, minimum } = schema;
  if (Array.isArray(examples)) return examples[0];
  if (fixed !== undefined) return fixed;
  if (Array.isArray(values)) return values[0];
  if (schema['oneOf']) return exampleOf((schema['oneOf'] as Schema[])[0]!);
  if (type === 'array') return [exampleOf((schema['items'] ?? {}) as Schema)];
  if (type === 'object') {
    const required = requiredOf(schema);
    return Object.fromEntries(
      Object.entries(propertiesOf(schema))
        .filter(([name]) => required.has(name))
        .map(([name, part]) => [name, exampleOf(part)]),
    );
  }
  if (type === 'boolean') return true;
  return typeof minimum === 'number' ? minimum : '…';
}

/** A value on one line of YAML. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).map(([name, part]) => `${name}: ${flow(part)}`);
    return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
  }
  if (typeof value !== 'string') return String(value);
  return /^[\p{L}_][\p{L}\p{N}_ -]*$/u.test(value) && !/^(true|false|null|yes|no|on|off)$/i.test(value)
    ? value
    : `'${value.replaceAll("'", "''")}'`;
}
