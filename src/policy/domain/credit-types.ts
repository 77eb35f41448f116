import { duplicates, mistakesIn, unknownName, type Mistake } from './mistake.js';
import { CODE, described, list, NAMED, type Named, object, oneOf, type Schema } from './schema-parts.js';

/** The three kinds of credit every Chinese credit bank keeps apart (Shanghai: leisure never becomes academic credit). */
export const CREDIT_CATEGORIES = ['leisure', 'vocational', 'degree'] as const;
export type CreditCategory = (typeof CREDIT_CATEGORIES)[number];

/** A type of credit: what it may become and how long it can be used. */
export interface CreditType {
  code: string;
  name: Named;
  category: CreditCategory;
  /** Tariff of activities that name none of their own. */
  tariff: string;
  /** Years a lot stays usable after it was earned; null for ever. The record itself never ends. */
  validityYears: number | null;
  /** Level scheme of outcomes of this type, where they have levels. */
  levelScheme: string | null;
}

/** A credit type as the file writes it. */
export interface CreditTypeFile {
  code: string;
  name: Named;
  category: CreditCategory;
  tariff: string;
  validityYears?: number | null;
  levelScheme?: string;
}

export const CATEGORY_SCHEMA: Schema = described(
  oneOf(CREDIT_CATEGORIES),
  '类别：leisure 文化休闲、vocational 职业培训、degree 学历教育；文化休闲永远不得成为学历教育',
  'Category: culture and leisure, vocational training, degree education; leisure never becomes degree credit',
);

export const CREDIT_TYPES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      category: CATEGORY_SCHEMA,
      tariff: described(CODE, '活动未另行规定时的折算标准', 'Tariff of activities that name none of their own', {
        example: 'leisure-time',
      }),
      'validityYears?': described(
        { type: ['integer', 'null'], minimum: 1, maximum: 100 },
        '获得后可转换的年限；不写或 null 为永久（记录永远保留）',
        'Years credit stays usable after it was earned; null or left out: for ever (the record always stays)',
        { example: 7 },
      ),
      'levelScheme?': described(CODE, '该类学分所用的资历框架', 'Level scheme of this type', { example: 'ouc' }),
    }),
    1,
    // Chains of conversions are followed between all of them.
    100,
  ),
  '学分类型',
  'Credit types',
);

/** A credit type with its defaults: valid for ever, without levels. */
export function readCreditType(file: CreditTypeFile): CreditType {
  return { ...file, validityYears: file.validityYears ?? null, levelScheme: file.levelScheme ?? null };
}

/** Codes that stand twice, and tariffs and level schemes the pack does not have. */
export function creditTypeMistakes(types: CreditType[], tariffs: Set<string>, schemes: Set<string>): Mistake[] {
  return [
    ...duplicates('/creditTypes', types),
    ...types.flatMap(({ code, tariff, levelScheme }, index) => {
      const wrong = mistakesIn(`/creditTypes/${index}`, code);
      return [
        ...(tariffs.has(tariff) ? [] : [unknownName(wrong, 'tariff', 'tariff', tariff, tariffs)]),
        ...(levelScheme === null || schemes.has(levelScheme)
          ? []
          : [unknownName(wrong, 'levelScheme', 'level-scheme', levelScheme, schemes)]),
      ];
    }),
  ];
}
