import { EVIDENCE_LEVELS } from './policy-pack.js';

const CODE = { type: 'string', pattern: '^[A-Za-z][A-Za-z0-9_-]{0,39}$' };
const DAY = { type: 'string', format: 'day' };
const CREDIT = { type: 'string', pattern: '^\\d{1,6}(\\.\\d{1,2})?$', description: 'Credit as decimal text' };
const CATEGORY = { enum: ['leisure', 'vocational', 'degree'] };
const PERCENT = { type: 'integer', minimum: 0, maximum: 100 };

function integer(minimum: number, maximum: number) {
  return { type: 'integer', minimum, maximum };
}

/** An object that has exactly these properties; names ending in `?` may be left out. */
function object(properties: Record<string, object>) {
  const names = Object.keys(properties);
  return {
    type: 'object',
    additionalProperties: false,
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), properties[name]])),
  };
}

function list(items: object, minItems = 0) {
  return { type: 'array', items, minItems, maxItems: 1_000 };
}

const NAMED = object({ zh: { type: 'string', minLength: 1 }, en: { type: 'string', minLength: 1 } });
const CAP = object({ minutes: integer(1, 10_000_000), whenOver: { enum: ['cut', 'refuse'] } });

/** JSON Schema of a policy pack's file. Shape only: what the names mean is checked after it. */
export const POLICY_PACK_SCHEMA = object({
  code: CODE,
  version: { type: 'string', pattern: '^[0-9A-Za-z.-]{1,20}$' },
  title: NAMED,
  effectiveFrom: DAY,
  classHourMinutes: integer(1, 120),
  dayCap: CAP,
  creditTypes: list(
    object({
      code: CODE,
      name: NAMED,
      category: CATEGORY,
      tariff: CODE,
      'validityYears?': { type: ['integer', 'null'], minimum: 1, maximum: 100 },
    }),
    1,
  ),
  tariffs: list(
    {
      type: 'object',
      required: ['kind'],
      discriminator: { propertyName: 'kind' },
      oneOf: [
        object({
          code: CODE,
          kind: { const: 'per-time' },
          rounding: { enum: ['cumulative', 'session-floor', 'session-half-up'] },
          classHoursPerCredit: { type: 'number', exclusiveMinimum: 0, maximum: 1_000 },
          'step?': CREDIT,
        }),
        object({ code: CODE, kind: { const: 'per-visit' }, creditPerVisit: CREDIT }),
      ],
    },
    1,
  ),
  activityTypes: list(
    object({
      code: CODE,
      name: NAMED,
      'tariff?': CODE,
      evidence: { type: 'array', items: { enum: [...EVIDENCE_LEVELS] }, minItems: 1, uniqueItems: true },
      'minimumVisitMinutes?': integer(1, 600),
      'visitCap?': CAP,
      'visitsPerDay?': integer(1, 100),
      'courseCap?': CAP,
      'dropIn?': { type: 'boolean' },
      'completion?': object({
        attendance: list(object({ upToSessions: integer(1, 1_000), percent: PERCENT })),
        otherwisePercent: PERCENT,
        'gradeMinimum?': PERCENT,
      }),
    }),
    1,
  ),
  conversionRules: list(
    object({
      code: CODE,
      name: NAMED,
      from: CODE,
      to: CODE,
      ratio: object({ from: integer(1, 1_000_000), to: integer(1, 1_000_000) }),
      effectiveFrom: DAY,
      'effectiveTo?': DAY,
      'cap?': object({ programme: CODE, numerator: integer(1, 1_000_000), denominator: integer(1, 1_000_000) }),
    }),
  ),
  programmes: list(
    object({
      code: CODE,
      title: NAMED,
      category: CATEGORY,
      total: CREDIT,
      requirements: list(object({ creditType: CODE, minimum: CREDIT }), 1),
    }),
  ),
  protectedWords: list({ type: 'string', minLength: 1 }),
});
