import type { ConversionRule } from './conversion-rules.js';
import { levelRank, type LevelScheme } from './level-schemes.js';
import type { FindMistake, Mistake } from './mistake.js';
import { isAtLeast, type KnownNames } from './outcome-pattern.js';
import type { CatalogueItem } from './recognition-rules.js';

interface Levels {
  levelSchemes: LevelScheme[];
  catalogue: CatalogueItem[];
  known: KnownNames;
  /** Codes of items of programmes: what converted credit may be called after, whatever its level. */
  programmeItems: Set<string>;
}

/**
 * Sources of a rule that can never have the level it asks for: all items they name are of the catalogue and of another
 * level, or their own `minimumLevel` keeps the right one out. What may come from elsewhere is not judged.
 */
export function unfitLevels(rule: ConversionRule, asked: string[], wrong: FindMistake, pack: Levels): Mistake[] {
  const { levelSchemes, catalogue, known, programmeItems } = pack;
  if (rule.level === 'none') return [];
  const fits = (level: string | null, target: string) =>
    rule.level === 'same' ? level === target : isAtLeast(levelSchemes, level, target);
  return rule.sources.flatMap(({ only: { items, minimumLevel } }, index) => {
    const named = items.map((code) =>
      known.courses.has(code) || programmeItems.has(code) ? undefined : catalogue.find((item) => item.code === code),
    );
    const isCatalogue = items.length > 0 && named.every((item) => item !== undefined);
    for (const target of asked) {
      if (isCatalogue && named.every((item) => !fits(item.level, target)))
        return [wrong(`from/${index}/items`, 'level-never-fits', named[0]!.level, target)];
      if (minimumLevel !== null && !mayFit(levelSchemes, rule, minimumLevel, target))
        return [wrong(`from/${index}/minimumLevel`, 'level-never-fits', minimumLevel, target)];
    }
    return [];
  });
}

/** Whether a level from `minimum` up may be the one that is asked. Levels that no scheme has are another mistake. */
function mayFit(schemes: LevelScheme[], { level }: ConversionRule, minimum: string, target: string): boolean {
  const [least, asked] = [levelRank(schemes, minimum), levelRank(schemes, target)];
  if (!least || !asked) return true;
  return least.scheme === asked.scheme && (level !== 'same' || least.rank <= asked.rank);
}
