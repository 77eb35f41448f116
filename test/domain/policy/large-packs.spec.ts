import { placesIn, textWith } from './pack-parts.js';

/** A fifth of what a file may be: a quadratic check of a megabyte is minutes, of this still seconds. */
const SIZE = 200_000;

/** A text of that size, made of numbered pieces. */
function filled(head: string, piece: (index: number) => string, tail = ''): string {
  const pieces: string[] = [head];
  for (let [index, size] = [0, head.length + tail.length + 10_000]; size < SIZE; index += 1) {
    const next = piece(index);
    pieces.push(next);
    size += Buffer.byteLength(next);
  }
  return `${pieces.join('')}${tail}`;
}

const NAMED = '{ zh: 名, en: N }';
const numbered = (count: number, piece: (index: number) => string) =>
  Array.from({ length: count }, (_, n) => piece(n)).join('');
const TYPES = numbered(
  90,
  (n) => `  - { code: t${n}abcdefgh, name: ${NAMED}, category: vocational, tariff: leisure-time }\n`,
);
const HEAD = textWith('creditTypes:\n', `creditTypes:\n${TYPES}`);

/** Packs as large and as costly to check as one can make them. */
const LARGE: [string, () => string][] = [
  [
    'names that lead nowhere',
    () =>
      filled(
        `${HEAD}caps:\n`,
        (n) =>
          `  - { code: c${n}, name: ${NAMED}, limit: { count: 1 }, per: year, whenOver: refuse, only: { creditTypes: [${numbered(90, (m) => `x${n}y${m}abcdefg, `)}z] } }\n`,
      ),
  ],
  [
    'rules from everything into everything',
    () =>
      HEAD.replace(
        'conversionRules: []',
        `conversionRules:\n${numbered(
          300,
          (n) =>
            `  - { code: r${n}, name: ${NAMED}, from: [{ minimum: '1' }${numbered(20, () => ', { assessedOnly: true }')}], to: t${n % 90}abcdefgh, effectiveFrom: '2024-01-01' }\n`,
        )}`,
      ),
  ],
  ['numbers of another notation', () => filled(`${HEAD}ageBandsUpTo: [`, (n) => `0${n}, `, '1]\n')],
  ['fields there are not', () => filled(HEAD, (n) => `field${n}: 1\n`)],
  ['fields that stand twice', () => filled(HEAD, () => 'code: x\n')],
  ['words that are no list', () => filled(`${HEAD}expiryNoticeDays: [`, () => '[], ', '1]\n')],
];

describe('a large pack', () => {
  it.each(LARGE)('with %s is refused', (_, text) => {
    expect(placesIn(text()).length).toBeGreaterThan(0);
  });
});
