import { groupBy } from '../../kernel/group-by.js';
import type { OutcomeFacts } from '../../kernel/outcome.js';
import type { AttemptPolicy } from './programmes.js';
import type { Named } from './schema-parts.js';
import { duplicateTitle, type TitleRules } from './title-rules.js';

/** Some credit, as far as attempts look at it. */
export interface Attempted {
  facts: OutcomeFacts;
  /** The outcome it is of, by its entry: credit of one outcome is one attempt. */
  outcome: number | string;
  /** Number of its lot: of two attempts alike the later one has the higher. */
  lot: number;
  amountCenti: number;
}

/** What stands for one course, and what it replaces. */
export interface ChosenAttempts<T> {
  counted: T[];
  replaced: { of: T; by: T }[];
}

/** Which attempt counts, in words. */
export const ATTEMPT_WORDS: Record<AttemptPolicy, Named> = {
  best: { zh: '取成绩最好的一次', en: 'the best attempt' },
  latest: { zh: '取最近的一次', en: 'the latest attempt' },
  first: { zh: '取第一次', en: 'the first attempt' },
};

/**
 * Names under which attempts at the same thing meet: the course or catalogue item, and the title after the published
 * rules. Hours attended are no attempts: they add up. Neither is converted credit, unless it was granted for an item.
 */
export function attemptKeys(titleRules: TitleRules, facts: OutcomeFacts): string[] {
  const { outcomeClass, origin, item, title } = facts;
  if (outcomeClass === 'activity') return [];
  const keys = item === null ? [] : [`item ${item}`];
  const isNamed = outcomeClass !== 'unformatted' && origin !== 'conversion' && title !== '';
  return isNamed ? [...keys, `title ${knownTitle(titleRules, title)}`] : keys;
}

/** Forms of titles by their rules: one decision asks for the same few many times. */
const known = new WeakMap<TitleRules, Map<string, string>>();
const MOST_TITLES = 10_000;

function knownTitle(titleRules: TitleRules, title: string): string {
  let titles = known.get(titleRules);
  if (!titles || titles.size >= MOST_TITLES) known.set(titleRules, (titles = new Map<string, string>()));
  let form = titles.get(title);
  if (form === undefined) titles.set(title, (form = duplicateTitle(titleRules, title)));
  return form;
}

/** Of attempts at one thing only one counts, also where they are worth different credit (DOMAIN G20). */
export function chooseAttempts<T extends Attempted>(
  policy: AttemptPolicy,
  titleRules: TitleRules,
  all: T[],
): ChosenAttempts<T> {
  const groups = new Map<string, T[]>();
  const counted: T[] = [];
  for (const each of all) {
    const keys = attemptKeys(titleRules, each.facts);
    if (keys.length === 0) {
      counted.push(each);
      continue;
    }
    const met = new Set(keys.flatMap((key) => groups.get(key) ?? []));
    const together = [...met, each];
    for (const one of together) for (const key of attemptKeys(titleRules, one.facts)) groups.set(key, together);
  }
  const replaced: ChosenAttempts<T>['replaced'] = [];
  for (const together of new Set(groups.values())) {
    const attempts = [...groupBy(together, ({ outcome }) => outcome).values()];
    const chosen = attempts.reduce((best, next) => (isPreferred(policy, next, best) ? next : best));
    counted.push(...chosen);
    for (const of of together) if (!chosen.includes(of)) replaced.push({ of, by: chosen[0]! });
  }
  return { counted, replaced };
}

/** Best: the highest grade, then the most credit, then the latest. */
function isPreferred<T extends Attempted>(policy: AttemptPolicy, next: T[], than: T[]): boolean {
  const when = (attempt: T[]) =>
    attempt
      .map(({ facts }) => `${facts.endsOn} ${facts.postedOn}`)
      .sort()
      .at(-1)!;
  const grade = (attempt: T[]) => Math.max(...attempt.map(({ facts }) => facts.grade ?? -1));
  const credit = (attempt: T[]) => attempt.reduce((sum, { amountCenti }) => sum + amountCenti, 0);
  const order = (attempt: T[]) => attempt[0]!.lot;
  const later = when(next) === when(than) ? order(next) > order(than) : when(next) > when(than);
  if (policy === 'latest') return later;
  if (policy === 'first') return !later;
  const better = grade(next) - grade(than) || credit(next) - credit(than);
  return better === 0 ? later : better > 0;
}
