import { duplicates, mistakesIn, type Mistake } from './mistake.js';
import { CODE, described, list, NAMED, type Named, object, type Schema } from './schema-parts.js';

/** A qualifications framework: its levels from the lowest to the highest (open university 10, Hong Kong 7, India 8). */
export interface LevelScheme {
  code: string;
  name: Named;
  levels: { code: string; name: Named }[];
}

export const LEVEL_SCHEMES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      name: NAMED,
      levels: described(list(object({ code: CODE, name: NAMED }), 1), '等级，由低到高', 'Levels, from low to high'),
    }),
  ),
  '资历框架，等级由低到高；等级代码在包内唯一',
  'Qualifications frameworks, levels from low to high; a level has one code in the whole pack',
);

/** Scheme of a level and its place in it, lowest 0; null when no scheme has it. */
export function levelRank(schemes: LevelScheme[], level: string): { scheme: string; rank: number } | null {
  for (const scheme of schemes) {
    const rank = scheme.levels.findIndex(({ code }) => code === level);
    if (rank >= 0) return { scheme: scheme.code, rank };
  }
  return null;
}

/** Codes that stand twice: of schemes, and of levels over all schemes. */
export function levelSchemeMistakes(schemes: LevelScheme[]): Mistake[] {
  const seen = new Set<string>();
  const twice = schemes.flatMap(({ code, levels }, index) => {
    const wrong = mistakesIn(`/levelSchemes/${index}`, code);
    return levels.flatMap((level, place) =>
      seen.has(level.code) || !seen.add(level.code) ? [wrong(`levels/${place}/code`, 'level-twice', level.code)] : [],
    );
  });
  return [...duplicates('/levelSchemes', schemes), ...twice];
}
