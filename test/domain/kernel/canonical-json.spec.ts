import fc from 'fast-check';
import { canonicalJson, sha256Hex } from '../../../src/kernel/canonical-json.js';

/** The same document with the members of every object in another order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  );
}

const DOCUMENT = fc.jsonValue({ maxDepth: 4 });

describe('canonical JSON', () => {
  it('writes the example of RFC 8785 as the RFC does', () => {
    const document = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(canonicalJson(document)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts member names by their UTF-16 units, as RFC 8785 does', () => {
    const document = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(document)) as object)).toEqual([4, 2, 6, 7, 1, 5, 3]);
  });

  it('is the same text whatever the order of the members', () => {
    fc.assert(
      fc.property(DOCUMENT, (document) => {
        expect(canonicalJson(turned(document))).toBe(canonicalJson(document));
      }),
    );
  });

  it('says all of the document and is its own canonical form', () => {
    fc.assert(
      fc.property(DOCUMENT, (document) => {
        const text = canonicalJson(document);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(document)));
        expect(canonicalJson(JSON.parse(text))).toBe(text);
      }),
    );
  });

  it.each([undefined, () => 1, Symbol('x'), NaN, Infinity])('refuses %p, which is not JSON', (value) => {
    expect(() => canonicalJson(value)).toThrow();
  });

  it('is hashed with SHA-256 over UTF-8', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex('学分')).toBe(sha256Hex(Buffer.from('e5ada6e58886', 'hex').toString('utf8')));
    expect(sha256Hex('学分')).not.toBe(sha256Hex('学份'));
  });
});
