import { MISTAKES, type MistakeCode } from '../../../src/policy/domain/mistake-words.js';
import type { Sentence } from '../../../src/policy/domain/shape-words.js';

const ODD = { oddities: [{ zh: '怪', en: 'odd' }], right: null };

/** What kinds are told that need more than a name and numbers. */
const PARTS: Partial<Record<MistakeCode, unknown[]>> = {
  'name-unknown': ['tariff', 'x'],
  'type-wrong': [['string', 'integer'], null, "'1'"],
  'value-unknown': [['a', 'b'], 'a'],
  'fields-exclusive': [['a', 'b']],
  'day-wrong': [undefined, ODD],
  'month-day-wrong': [ODD],
  'code-wrong': [ODD],
  'credit-wrong': [ODD],
  'share-wrong': [ODD],
  'text-wrong': ['x', ODD],
  'words-joined': [['a', 'b']],
  'colon-wrong': [true, 'a: b'],
  'too-few': [1, 'characters'],
  'too-many': [1, 'items'],
};

describe('a kind of mistake', () => {
  it.each(Object.keys(MISTAKES) as MistakeCode[])(
    'is said in Chinese and English, with what would be right: %s',
    (code) => {
      const words = MISTAKES[code] as (...parts: unknown[]) => Sentence;
      const { zh, en, right } = words(...(PARTS[code] ?? ['x', 2, 3, 4]));
      for (const [chinese, english] of [
        [zh, en],
        [right.zh, right.en],
      ] as const) {
        expect(chinese).toMatch(/\p{Script=Han}/u);
        expect(english).toMatch(/^\P{Script=Han}+$/u);
        expect(`${chinese} ${english}`).not.toMatch(/undefined|NaN|\[object/);
      }
    },
  );
});
