import { CATEGORY_SCHEMA, type CreditCategory } from './credit-types.js';
import { duplicates, itemMistake, unknownName, type Mistake } from './mistake.js';

import { centi, CODE, CREDIT, described, list, NAMED, type Named, object, type Schema } from './schema-parts.js';

export interface Requirement {
  creditType: string;
  minimumCenti: number;
}

/** An award: so much credit in all, so much of it of each type. */
export interface Programme {
  code: string;
  title: Named;
  category: CreditCategory;
  totalCenti: number;
  requirements: Requirement[];
}

export interface ProgrammeFile {
  code: string;
  title: Named;
  category: CreditCategory;
  total: string;
  requirements: { creditType: string; minimum: string }[];
}

export const PROGRAMMES_SCHEMA: Schema = described(
  list(
    object({
      code: CODE,
      title: NAMED,
      category: CATEGORY_SCHEMA,
      total: CREDIT,
      requirements: list(object({ creditType: CODE, minimum: CREDIT }), 1),
    }),
  ),
  '证书项目：总学分与各类学分要求',
  'Programmes: the credit an award asks for',
);

export function readProgramme({ code, title, category, total, requirements }: ProgrammeFile): Programme {
  return {
    code,
    title,
    category,
    totalCenti: centi(total),
    requirements: requirements.map(({ creditType, minimum }) => ({ creditType, minimumCenti: centi(minimum) })),
  };
}

export function programmeMistakes(
  programmes: Programme[],
  pack: { creditTypes: { code: string }[]; protectedWords: string[] },
): Mistake[] {
  const types = new Set(pack.creditTypes.map(({ code }) => code));
  const mistakes = programmes.flatMap((programme, index) => {
    const { code, requirements, totalCenti } = programme;
    const wrong = (what: string) => itemMistake('programmes', index, code, what);
    const named = requirements.map(({ creditType }) => creditType);
    const found = named
      .filter((creditType) => !types.has(creditType))
      .map((creditType) => unknownName('programmes', index, code, 'credit type', creditType, types));
    if (new Set(named).size < named.length) found.push(wrong('names a credit type twice'));
    const minimum = requirements.reduce((sum, { minimumCenti }) => sum + minimumCenti, 0);
    if (totalCenti < minimum) found.push(wrong('the total is less than the sum of its minimums'));
    if (totalCenti === 0) found.push(wrong('the total is zero'));
    const word = protectedWordIn(pack, programme);
    if (word) found.push(wrong(`the title of a non-degree award may not say ${word}`));
    return found;
  });
  return [...duplicates('programmes', programmes), ...mistakes];
}

/** The protected word a non-degree programme's title uses, if any (title guard, as New Zealand's rule on names). */
export function protectedWordIn(
  pack: { protectedWords: string[] },
  programme: Pick<Programme, 'category' | 'title'>,
): string | undefined {
  if (programme.category === 'degree') return undefined;
  const plain = (text: string) => text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
  const titles = [plain(programme.title.zh), plain(programme.title.en)];
  return pack.protectedWords.find((word) => titles.some((title) => title.includes(plain(word))));
}
