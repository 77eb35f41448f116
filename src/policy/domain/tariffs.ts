import { duplicates, itemMistake, type Mistake } from './mistake.js';
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

/** How an accepted visit becomes credit: by its time or by the visit. */
export type Tariff = TimeTariff | VisitTariff;

/** A tariff as the file writes it; credit is decimal text. */
export type TariffFile =
  | { code: string; kind: 'per-time'; rounding: TimeTariff['rounding']; classHoursPerCredit: number; step?: string }
  | { code: string; kind: 'per-visit'; creditPerVisit: string };

export const TARIFFS_SCHEMA: Schema = described(
  list(
    {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        object({
          code: CODE,
          kind: { const: 'per-time' },
          rounding: described(
            oneOf(['cumulative', 'session-floor', 'session-half-up']),
            '累计、按次舍去、按次四舍五入',
            'Gathered; floored per visit; rounded per visit, half up',
          ),
          classHoursPerCredit: described(
            { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
            '一学分的课时数',
            'Class hours of one credit',
          ),
          'step?': described(CREDIT, '最小计分单位，默认 0.01', 'Smallest credit given, 0.01 unless said'),
        }),
        object({ code: CODE, kind: { const: 'per-visit' }, creditPerVisit: CREDIT }),
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
  const quantumCenti = file.step === undefined ? 1 : centi(file.step);
  return {
    code: file.code,
    kind: 'per-time',
    rounding: file.rounding,
    quantumCenti,
    secondsPerQuantum: nearlyWhole((file.classHoursPerCredit * classHourSeconds * quantumCenti) / 100),
  };
}

/** A file writes class hours as decimals; what is whole but for the error of binary fractions is whole. */
function nearlyWhole(seconds: number): number {
  return Math.abs(seconds - Math.round(seconds)) < 1e-6 ? Math.round(seconds) : seconds;
}

export function tariffMistakes(tariffs: Tariff[], classHourSeconds: number): Mistake[] {
  return [
    ...duplicates('tariffs', tariffs),
    ...tariffs.flatMap((tariff, index) => {
      const worth = tariff.kind === 'per-visit' ? tariff.centiPerVisit : tariff.quantumCenti;
      if (worth === 0) return [itemMistake('tariffs', index, tariff.code, 'is worth nothing')];
      if (tariff.kind === 'per-visit' || Number.isInteger(tariff.secondsPerQuantum)) return [];
      const nearest = Math.max(1, Math.round(tariff.secondsPerQuantum));
      const classHours = (nearest * 100) / (classHourSeconds * tariff.quantumCenti);
      return [
        itemMistake(
          'tariffs',
          index,
          tariff.code,
          `a step of ${tariff.quantumCenti} hundredths is ${tariff.secondsPerQuantum} seconds, not a whole number`,
          `the nearest that is: classHoursPerCredit ${classHours} (${nearest} s)`,
        ),
      ];
    }),
  ];
}
