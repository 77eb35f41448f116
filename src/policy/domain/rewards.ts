import { duplicates, mistakesIn, stepMistakes, type Mistake } from './mistake.js';
import {
  OUTCOME_PATTERN_SCHEMA,
  patternMistakes,
  readOutcomePattern,
  type KnownNames,
  type OutcomePattern,
  type OutcomePatternFile,
} from './outcome-pattern.js';

import { CODE, described, integer, list, NAMED, type Named, object, oneOf, type Schema } from './schema-parts.js';

/** Titles for hours of study (Saga: 50, 100, 200, 300, 400, 500). Points and credit are not touched by them. */
export interface HonourLadder {
  code: string;
  name: Named;
  only: OutcomePattern;
  /** Rising. */
  steps: { seconds: number; title: Named }[];
}

/** Points (积分) for study time: a reward that never becomes credit (Cixi: one hour, one point). */
export interface PointTariff {
  code: string;
  name: Named;
  only: OutcomePattern;
  /** Full so many seconds of one visit are worth `points`. */
  seconds: number;
  points: number;
  /** Most points of one learner on one day; null: no limit. */
  mostPerDay: number | null;
}

/** Something a learner may have while a balance is high enough; it reads the balance and spends nothing (Cixi). */
export interface Benefit {
  code: string;
  name: Named;
  reads: 'points' | 'study-hours';
  atLeast: number;
}

/** Rewards as the file writes them. */
export interface RewardsFile {
  ladders?: { code: string; name: Named; only?: OutcomePatternFile; steps: { hours: number; title: Named }[] }[];
  pointTariffs?: {
    code: string;
    name: Named;
    only?: OutcomePatternFile;
    minutes: number;
    points: number;
    mostPerDay?: number;
  }[];
  benefits?: Benefit[];
}

/** Honours, points and benefits: none of them is credit. */
export interface Rewards {
  ladders: HonourLadder[];
  pointTariffs: PointTariff[];
  benefits: Benefit[];
}

export const REWARDS_SCHEMA: Schema = described(
  object({
    'ladders?': described(
      list(
        object({
          code: CODE,
          name: NAMED,
          'only?': OUTCOME_PATTERN_SCHEMA,
          steps: described(
            list(
              object({
                hours: described(integer(1, 1_000_000), '达到的小时数，逐级递增', 'Hours to reach, rising', {
                  example: 50,
                }),
                title: described(NAMED, '称号', 'The title'),
              }),
              1,
            ),
            '各级',
            'Steps',
          ),
        }),
      ),
      '学时荣誉阶梯（60 分钟为一小时）',
      'Honour ladders by hours of 60 minutes',
    ),
    'pointTariffs?': described(
      list(
        object({
          code: CODE,
          name: NAMED,
          'only?': OUTCOME_PATTERN_SCHEMA,
          minutes: described(integer(1, 10_000), '每满多少分钟', 'For every full so many minutes', { example: 60 }),
          points: described(integer(1, 10_000), '得多少积分', 'So many points', { example: 1 }),
          'mostPerDay?': described(
            integer(1, 10_000),
            '每人每天最多积分；不写则不限',
            'Most points of one person on one day; no limit unless said',
            { example: 8 },
          ),
        }),
      ),
      '积分标准：每满若干分钟得若干积分',
      'Point tariffs: points for every full so many minutes of a visit',
    ),
    'benefits?': described(
      list(
        object({
          code: CODE,
          name: NAMED,
          reads: described(oneOf(['points', 'study-hours']), '看积分还是累计小时', 'Reads points or hours of study'),
          atLeast: described(integer(1, 1_000_000), '达到多少', 'From so many on', { example: 100 }),
        }),
      ),
      '达到即可享受的优惠（不扣减）',
      'Benefits from a threshold on; nothing is spent',
    ),
  }),
  '激励：荣誉阶梯、积分、优惠',
  'Rewards: honour ladders, points, benefits',
);

/** Rewards with what is left out empty; hours and points as whole numbers. */
export function readRewards(file: RewardsFile = {}): Rewards {
  return {
    ladders: (file.ladders ?? []).map(({ code, name, only, steps }) => ({
      code,
      name,
      only: readOutcomePattern(only),
      steps: steps.map(({ hours, title }) => ({ seconds: hours * 3_600, title })),
    })),
    pointTariffs: (file.pointTariffs ?? []).map(({ code, name, only, minutes, points, mostPerDay }) => ({
      code,
      name,
      only: readOutcomePattern(only),
      seconds: minutes * 60,
      points,
      mostPerDay: mostPerDay ?? null,
    })),
    benefits: file.benefits ?? [],
  };
}

/** Codes that stand twice, ladders that do not rise, and names the pack does not have. */
export function rewardMistakes({ ladders, pointTariffs, benefits }: Rewards, known: KnownNames): Mistake[] {
  const patterns = (pointer: string, items: { code: string; only: OutcomePattern }[]) =>
    items.flatMap(({ code, only }, index) =>
      patternMistakes(mistakesIn(`${pointer}/${index}`, code), 'only', only, known),
    );
  return [
    ...patterns('/rewards/ladders', ladders),
    ...patterns('/rewards/pointTariffs', pointTariffs),
    ...duplicates('/rewards/ladders', ladders),
    ...duplicates('/rewards/pointTariffs', pointTariffs),
    ...duplicates('/rewards/benefits', benefits),
    ...ladders.flatMap(({ code, steps }, index) => {
      const hours = steps.map(({ seconds }) => seconds / 3_600);
      return stepMistakes(mistakesIn(`/rewards/ladders/${index}`, code), hours, (step) => `steps/${step}/hours`);
    }),
  ];
}
