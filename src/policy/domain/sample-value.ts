import { CODE, CREDIT, NAMED, type Schema } from './schema-parts.js';

/** More fields than one reads in a line. */
const MOST_FIELDS = 6;

/** Deeper than that a sample says no more. */
const DEEPEST = 2;

/** How a value of a shape is written on one line of YAML: `{ code: …, name: { zh: …, en: … } }`, `'1.00'`, `cut`. */
export function sampleOf(schema: Schema, level = 0): string {
  if (schema['title'] === NAMED['title']) return '{ zh: …, en: … }';
  const [example] = (schema['examples'] as unknown[] | undefined) ?? [];
  if (example !== undefined) return flow(example);
  const allowed = schema['const'] ?? (schema['enum'] as unknown[] | undefined)?.[0];
  if (allowed !== undefined) return flow(allowed);
  const [branch] = ((schema['oneOf'] ?? schema['anyOf']) as Schema[] | undefined) ?? [];
  if (branch !== undefined) return sampleOf(branch, level);
  switch ([schema['type']].flat()[0]) {
    case 'object':
      return sampleObject(schema, level);
    case 'array':
      return level >= DEEPEST ? '[…]' : `[${sampleOf((schema['items'] ?? {}) as Schema, level + 1)}]`;
    case 'integer':
    case 'number':
      return flow(schema['minimum'] ?? Number(schema['exclusiveMinimum'] ?? 0) + 1);
    case 'boolean':
      return 'true';
    case 'null':
      return 'null';
    default:
      return sampleText(schema);
  }
}

function sampleObject(schema: Schema, level: number): string {
  const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
  const required = (schema['required'] ?? []) as string[];
  const asked = fields.filter(([name]) => required.includes(name));
  const said = asked.length > 0 ? asked : fields.slice(0, 1);
  if (level >= DEEPEST || said.length === 0) return '{ … }';
  const parts = said.slice(0, MOST_FIELDS).map(([name, part]) => `${name}: ${sampleOf(part, level + 1)}`);
  return `{ ${[...parts, ...(said.length > MOST_FIELDS ? ['…'] : [])].join(', ')} }`;
}

function sampleText(schema: Schema): string {
  if (schema['format'] === 'day') return "'2024-09-01'";
  if (schema['format'] === 'month-day') return "'09-01'";
  if (schema['pattern'] === CREDIT['pattern']) return "'1.00'";
  return schema['pattern'] === CODE['pattern'] ? 'my-code' : '…';
}

/** A value as one line of YAML; text that reads as another type is quoted. */
function flow(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([name, part]) => `${name}: ${flow(part)}`)
      .join(', ')} }`;
  return typeof value === 'string' ? flowText(value) : String(value);
}

/** Text as one value of YAML: in quotes where it would read as something else. */
export function flowText(text: string): string {
  return /^[A-Za-z\p{Script=Han}][\p{L}\p{N}_-]*$/u.test(text) ? text : `'${text.replaceAll("'", "''")}'`;
}
