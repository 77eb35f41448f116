import { duplicates, mistakesIn, type Mistake } from './mistake.js';
import { centi, CODE, CREDIT, described, list, object, oneOf, type Schema } from './schema-parts.js';

/**
 * How study time becomes credit.
 * `cumulative`: time gathers until it fills a step, nothing is lost in any order or split.
 * `session-floor`: full steps of one visit; the rest stays recorded as time.
 * `session-half-up`: one visit rounded to the nearest step, half a step up (Yamanashi: 30 minutes count as an hour).
 */
export interface TimeTariff {
  code: string;
  kind: 'per-time';
  rounding: 'cumulative' | 'session-floor' | 'session-half-up';
  /** Whole seconds that make one step. */
  secondsPerQuantum: number;
  /** Hundredths that one step is worth. */
  quantumCenti: number;
}

/** Every accepted visit is worth the same, however long (Gunma: one stamp a museum visit). */
export interface VisitTariff {
  code: string;
  kind: 'per-visit';
  centiPerVisit: number;
}

/**
 * Credit for a course that was passed, however long its visits were: a fixed amount (`quantumCenti` once, no time asked),
 * or by the class hours the course was planned with, rounded down to whole steps.
 */
export interface CompletionTariff {
  code: string;
  kind: 'on-completion';
  /** Whole seconds of planned study time that make one step; null: the course is worth one step, whatever was planned. */
  secondsPerQuantum: number | null;
  quantumCenti: number;
}

/** How study becomes credit: by the time of visits, by the visit, or by the passed course. */
export type Tariff = TimeTariff | VisitTariff | CompletionTariff;

/** A tariff as the file writes it; credit is decimal text. */
export type TariffFile =
  | { code: string; kind: 'per-time'; rounding: TimeTariff['rounding']; classHoursPerCredit: number; step?: string }
  | { code: string; kind: 'per-visit'; creditPerVisit: string }
  | { code: string; kind: 'on-completion'; credit: string }
  | { code: string; kind: 'on-completion'; classHoursPerCredit: number; step?: string };

const CLASS_HOURS: Schema = described(
  { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
  '一学分的课时数',
  'Class hours of one credit',
);

export const TARIFFS_SCHEMA: Schema = described(
  list(
    {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        object({
          code: CODE,
          kind: described({ const: 'per-time' }, '按学时', 'By study time'),
          rounding: described(
            oneOf(['cumulative', 'session-floor', 'session-half-up']),
            'cumulative 累计，零头留待下次；session-floor 每次只计整步；session-half-up 每次四舍五入',
            'cumulative gathers and loses nothing; session-floor counts full steps of one visit; session-half-up rounds one visit, half up',
          ),
          classHoursPerCredit: described(
            { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
            '一学分的课时数；一步须合整数秒',
            'Class hours of one credit; a step must be a whole number of seconds',
            { example: 18 },
          ),
          'step?': described(CREDIT, '一步：最小计分单位', 'A step: the smallest credit given', {
            example: '0.50',
            default: '0.01',
          }),
        }),
        object({
          code: CODE,
          kind: described({ const: 'per-visit' }, '按次，不论时长', 'By visit, however long'),
          creditPerVisit: described(CREDIT, '每次的学分', 'Credit of one visit', { example: '0.10' }),
        }),
        {
          ...object({
            code: CODE,
            kind: described(
              { const: 'on-completion' },
              '结业时给予：固定学分，或按课程计划课时折算，二者取一',
              'Given when the course is passed: a fixed credit, or by its planned class hours; one of the two',
            ),
            'credit?': described(CREDIT, '结业时的固定学分', 'Fixed credit when it is passed', { example: '3' }),
            'classHoursPerCredit?': described(CLASS_HOURS, '一学分的计划课时数', 'Planned class hours of one credit', {
              example: 16,
            }),
            'step?': described(CREDIT, '一步：最小计分单位', 'A step: the smallest credit given', {
              example: '0.50',
              default: '0.01',
            }),
          }),
          oneOf: [{ required: ['credit'], not: { required: ['step'] } }, { required: ['classHoursPerCredit'] }],
        },
      ],
    },
    1,
  ),
  '折算标准：学时如何成为学分',
  'Tariffs: how study time becomes credit',
);

/** A step that is not a whole number of seconds stays fractional here and is refused with the nearest whole ones. */
export function readTariff(file: TariffFile, classHourSeconds: number): Tariff {
  if (file.kind === 'per-visit')
    return { code: file.code, kind: 'per-visit', centiPerVisit: centi(file.creditPerVisit) };
  if ('credit' in file)
    return { code: file.code, kind: 'on-completion', secondsPerQuantum: null, quantumCenti: centi(file.credit) };
  const quantumCenti = file.step === undefined ? 1 : centi(file.step);
  const secondsPerQuantum = nearlyWhole((file.classHoursPerCredit * classHourSeconds * quantumCenti) / 100);
  if (file.kind === 'on-completion') return { code: file.code, kind: file.kind, quantumCenti, secondsPerQuantum };
  return { code: file.code, kind: 'per-time', rounding: file.rounding, quantumCenti, secondsPerQuantum };
}

/** Hundredths that a passed course is worth by the study time it was planned with, in seconds. */
export function completionCenti({ secondsPerQuantum, quantumCenti }: CompletionTariff, plannedSeconds: number): number {
  const steps = secondsPerQuantum === null ? 1 : Math.floor(plannedSeconds / secondsPerQuantum);
  return steps * quantumCenti;
}

/** A file writes class hours as decimals; what is whole but for the error of binary fractions is whole. */
function nearlyWhole(seconds: number): number {
  return Math.abs(seconds - Math.round(seconds)) < 1e-6 ? Math.round(seconds) : seconds;
}

/** A number for people: without the noise of binary fractions, and still as exact as `nearlyWhole` asks. */
function readable(value: number): number {
  return Number(value.toPrecision(15));
}

/** Tariffs that stand twice, and steps that are not a whole number of seconds, with the nearest that are. */
export function tariffMistakes(tariffs: Tariff[], classHourSeconds: number): Mistake[] {
  return [
    ...duplicates('/tariffs', tariffs),
    ...tariffs.flatMap((tariff, index) => {
      const wrong = mistakesIn(`/tariffs/${index}`, tariff.code);
      if (tariff.kind === 'per-visit')
        return tariff.centiPerVisit === 0 ? [wrong('creditPerVisit', 'worth-nothing')] : [];
      if (tariff.quantumCenti === 0)
        return [wrong(tariff.secondsPerQuantum === null ? 'credit' : 'step', 'worth-nothing')];
      if (tariff.secondsPerQuantum === null) return [];
      if (Number.isInteger(tariff.secondsPerQuantum)) return [];
      const nearest = Math.max(1, Math.round(tariff.secondsPerQuantum));
      const classHours = (nearest * 100) / (classHourSeconds * tariff.quantumCenti);
      return [
        wrong(
          'classHoursPerCredit',
          'step-not-whole',
          tariff.quantumCenti,
          readable(tariff.secondsPerQuantum),
          readable(classHours),
          nearest,
        ),
      ];
    }),
  ];
}

/** Steps of one visit by itself: full ones, or rounded half up. */
export function sessionSteps({ rounding, secondsPerQuantum }: TimeTariff, seconds: number): number {
  return rounding === 'session-half-up'
    ? Math.floor((2 * seconds + secondsPerQuantum) / (2 * secondsPerQuantum))
    : Math.floor(seconds / secondsPerQuantum);
}
