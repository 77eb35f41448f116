import { CODE, CREDIT, type Schema } from './schema-parts.js';

/** The smallest or first value of a shape, or the largest or last. */
export type End = 'first' | 'last';

/** A value at one end of a shape; texts and codes differ with the end and the number. */
export function endOf(schema: Schema, end: End, number: number): unknown {
  const isFirst = end === 'first';
  const choices = (schema['enum'] ?? schema['oneOf'] ?? schema['anyOf']) as unknown[] | undefined;
  if ('const' in schema) return schema['const'];
  if (choices !== undefined) {
    const choice = choices.at(isFirst ? 0 : -1);
    return schema['enum'] === undefined ? endOf(choice as Schema, end, number) : choice;
  }
  switch ([schema['type']].flat().at(isFirst ? 0 : -1)) {
    case 'object': {
      const fields = Object.entries((schema['properties'] ?? {}) as Record<string, Schema>);
      const required = (schema['required'] ?? []) as string[];
      const said = fields.filter(([name]) => required.includes(name));
      const one = fields.slice(isFirst ? 0 : -1).slice(0, Number(schema['minProperties'] ?? 0));
      return Object.fromEntries((said.length > 0 ? said : one).map(([name, part]) => [name, endOf(part, end, number)]));
    }
    case 'array':
      return Number(schema['minItems'] ?? 0) > 0 ? [endOf((schema['items'] ?? {}) as Schema, end, number)] : [];
    case 'integer':
    case 'number':
      return endNumber(schema, isFirst);
    case 'boolean':
      return !isFirst;
    case 'null':
      return null;
    default:
      return endText(schema, isFirst, number);
  }
}

function endNumber(schema: Schema, isFirst: boolean): unknown {
  return isFirst
    ? (schema['minimum'] ?? Number(schema['exclusiveMinimum'] ?? 0) + 1)
    : (schema['maximum'] ?? schema['minimum'] ?? 1_000_000);
}

function endText(schema: Schema, isFirst: boolean, number: number): string {
  if (schema['format'] === 'day') return isFirst ? '1900-01-01' : '9999-12-30';
  if (schema['format'] === 'month-day') return isFirst ? '01-01' : '12-31';
  if (schema['pattern'] === CREDIT['pattern']) return isFirst ? '0.01' : '999999.99';
  if (schema['pattern'] === CODE['pattern']) return `filled-${isFirst ? 'in' : 'up'}-${number}`;
  return `${isFirst ? '–' : '—'}${number}`;
}
