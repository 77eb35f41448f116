import type { OpenAPIObject } from '@nestjs/swagger';
import fc from 'fast-check';
import type { WireRequest } from './http-client.js';

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  enum?: unknown[];
  oneOf?: Schema[];
  example?: unknown;
}
interface Described {
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
}
interface Operation {
  method: string;
  path: string;
  query: string[];
  body: Schema | null;
}

/** Texts that have broken other programs: too long, half characters, code of three kinds, numbers at the edge. */
const NASTY = [
  '',
  ' ',
  '\u0000',
  '\uD800',
  '\u202Eabc',
  '\uFFFD',
  "' or 1=1; drop table posting; --",
  '<script>alert(1)</script>',
  '../../etc/passwd',
  '%00',
  '{{7*7}}',
  '1e309',
  '-1',
  '9007199254740993',
  '99999999999999999999',
  'NaN',
  'null',
  '2024-02-30',
  '0000-00-00',
  'A'.repeat(5_000),
  '𠮷'.repeat(100),
];

/** A text as part of an address, cut to the 200 characters that one may have; half a surrogate pair has no place there. */
export function inAddress(part: string): string {
  const letters = [...part.replaceAll(/\p{Cs}/gu, '\uFFFD')].slice(0, 200);
  while (encodeURIComponent(letters.join('')).length > 200) letters.pop();
  return encodeURIComponent(letters.join(''));
}

/**
 * Requests along the API document that are nearly right, quite wrong, or no JSON at all. `real` has names of real
 * things by what they are called in addresses and bodies, so that a request gets past the first look.
 */
export class FuzzedRequests {
  private readonly operations: Operation[];
  private readonly schemas: Record<string, Schema>;

  constructor(
    document: OpenAPIObject,
    private readonly real: Record<string, string[]>,
    private readonly keys: string[],
  ) {
    this.schemas = document.components!.schemas as Record<string, Schema>;
    this.operations = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item as Record<string, Described>).map(([method, { parameters = [], requestBody }]) => ({
        method: method.toUpperCase(),
        path,
        query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
        body: requestBody?.content['application/json']?.schema ?? null,
      })),
    );
  }

  /** Any text, often a bad one. */
  text(): fc.Arbitrary<string> {
    const all = Object.values(this.real).flat();
    return fc.oneof(fc.constantFrom(...NASTY), fc.constantFrom(...all), fc.string({ maxLength: 30 }), fc.uuid());
  }

  /** Any request, with the name of its operation. */
  any(): fc.Arbitrary<WireRequest & { name: string }> {
    return fc
      .constantFrom(...this.operations)
      .chain((operation) =>
        fc.record({
          operation: fc.constant(operation),
          path: this.path(operation),
          headers: this.headers(),
          body: operation.method === 'GET' ? fc.constant('') : this.body(operation),
        }),
      )
      .map(({ operation: { method, path: pattern }, ...rest }) => ({ name: `${method} ${pattern}`, method, ...rest }));
  }

  private path({ path, query }: Operation): fc.Arbitrary<string> {
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
    const parts = fc.tuple(...names.map((name) => mostly(this.named(name), this.text())));
    const search = fc.dictionary(fc.constantFrom('x', ...query), mostly(fc.constantFrom('1', 'true'), this.text()), {
      maxKeys: 2,
    });
    return fc.tuple(parts, query.length > 0 ? search : fc.constant({})).map(([values, given]) => {
      let next = 0;
      const address = path.replaceAll(/\{\w+\}/g, () => inAddress(values[next++]!) || '%20');
      const text = new URLSearchParams(given).toString();
      return text ? `${address}?${text}` : address;
    });
  }

  private headers(): fc.Arbitrary<Record<string, string>> {
    return fc.record({
      authorization: fc.constantFrom(...this.keys).map((key) => `Bearer ${key}`),
      'idempotency-key': mostly(fc.uuid(), fc.constantFrom('x', '', 'a'.repeat(200))),
      'content-type': mostly(fc.constant('application/json'), fc.constantFrom('text/csv', 'text/plain', 'x')),
    });
  }

  private body({ body }: Operation): fc.Arbitrary<string | Buffer> {
    const json = body ? this.valueOf(body) : this.junk();
    return mostly<string | Buffer>(
      json.map((value) => JSON.stringify(value) ?? ''),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    );
  }

  private named(name: string): fc.Arbitrary<string> {
    const values = this.real[name];
    return values ? fc.constantFrom(...values) : this.text();
  }

  private junk(): fc.Arbitrary<unknown> {
    const odd = fc.constantFrom(null, true, [], {}, 1e21, -0.5);
    return fc.oneof(this.text(), fc.integer(), fc.double(), odd, fc.jsonValue({ maxDepth: 2 }));
  }

  /** A value that fits a schema, or nearly. */
  private valueOf(schema: Schema, name = ''): fc.Arbitrary<unknown> {
    return mostly(this.rightValue(schema, name), this.junk());
  }

  private rightValue(schema: Schema, name: string): fc.Arbitrary<unknown> {
    if (this.real[name]) return this.named(name);
    if (schema.$ref) return this.rightValue(this.schemas[schema.$ref.split('/').at(-1)!]!, name);
    if (schema.oneOf) return fc.oneof(...schema.oneOf.map((one) => this.rightValue(one, name)));
    if (schema.properties) return this.objectOf(schema.properties);
    if (schema.items) return fc.array(this.valueOf(schema.items), { minLength: 1, maxLength: 3 });
    if (schema.enum) return fc.constantFrom(...schema.enum);
    if (schema.type === 'integer' || schema.type === 'number') return fc.integer({ min: 1, max: 120 });
    return schema.example === undefined ? this.text() : fc.constant(schema.example);
  }

  private objectOf(properties: Record<string, Schema>): fc.Arbitrary<unknown> {
    const members = Object.fromEntries(
      Object.entries(properties).map(([name, schema]) => [name, this.valueOf(schema, name)]),
    );
    const extra = fc.dictionary(fc.string({ maxLength: 8 }), this.junk(), { minKeys: 1, maxKeys: 1 });
    return fc
      .tuple(mostly(fc.record(members), fc.record(members, { requiredKeys: [] })), mostly(fc.constant({}), extra))
      .map(([own, more]) => ({ ...own, ...more }));
  }
}

/** The first nine times out of ten. */
function mostly<T>(usual: fc.Arbitrary<T>, rare: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.oneof({ weight: 9, arbitrary: usual }, { weight: 1, arbitrary: rare });
}
