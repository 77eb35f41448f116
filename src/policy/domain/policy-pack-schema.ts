import { ACTIVITY_TYPES_SCHEMA, TIME_CAP_SCHEMA } from './activity-types.js';
import { AGE_BANDS_SCHEMA } from './age-bands.js';
import { CALENDAR_SCHEMA } from './calendar.js';
import { CAPS_SCHEMA } from './cap-schema.js';
import { CONVERSION_RULES_SCHEMA } from './conversion-schema.js';
import { CREDIT_TYPES_SCHEMA } from './credit-types.js';
import { COURSES_SCHEMA, PROVIDERS_SCHEMA } from './declared-names.js';
import { EVIDENCE_WORTH_SCHEMA } from './evidence-worth.js';
import { EXPIRY_NOTICE_DAYS_SCHEMA } from './expiry-notices.js';
import { LEVEL_SCHEMES_SCHEMA } from './level-schemes.js';
import { PROGRAMMES_SCHEMA } from './programmes.js';
import { RECOGNITION_SCHEMA } from './recognition-schema.js';
import { REWARDS_SCHEMA } from './rewards.js';
import { CODE, DAY, described, integer, NAMED, object, set, WORD } from './schema-parts.js';
import { TARIFFS_SCHEMA } from './tariffs.js';
import { TITLE_RULES_SCHEMA } from './title-rules.js';

/** JSON Schema of a policy pack's file. Shape only: what the names mean is checked after it. */
export const POLICY_PACK_SCHEMA = object({
  code: described(CODE, '规则包代码', 'Code of the pack; the same in all its versions', { example: 'my-city' }),
  version: described(
    { type: 'string', pattern: '^[0-9A-Za-z.-]{1,20}$' },
    '版本；发布后不再更改，改规则就用新版本',
    'Version; never changed once published: a new rule is a new version',
    { example: '2024.1' },
  ),
  title: described(NAMED, '规则包名称', 'Name of the pack'),
  'issuer?': described(
    NAMED,
    '证书与成绩单上的签发单位；不写则用规则包名称',
    'Who issues certificates and transcripts; the name of the pack unless said',
    { example: { zh: '示例市终身学习学分银行', en: 'Credit bank of a city' } },
  ),
  effectiveFrom: described(
    DAY,
    '自该日的学习活动起适用，直到下一版本生效；须为明天或以后，账本在该日及以后没有分录时可为任何日期',
    'Decides learning from this day on, until the next version takes effect; tomorrow or later, any day while the book has no entry of that day or later',
    { example: '2024-09-01' },
  ),
  classHourMinutes: described(integer(1, 120), '一课时的分钟数', 'Minutes of a class hour', { example: 45 }),
  'calendar?': CALENDAR_SCHEMA,
  'levelSchemes?': LEVEL_SCHEMES_SCHEMA,
  'courses?': COURSES_SCHEMA,
  'providers?': PROVIDERS_SCHEMA,
  dayCap: described(
    TIME_CAP_SCHEMA,
    '每人每天计入的学时上限；按次计分（per-visit）的活动也受限：当天已满，再来的一次不计',
    'Most study time of one person on one day; visits with a tariff per-visit too: on a day that is full a further visit is refused',
  ),
  creditTypes: CREDIT_TYPES_SCHEMA,
  tariffs: TARIFFS_SCHEMA,
  activityTypes: ACTIVITY_TYPES_SCHEMA,
  'evidenceWorth?': EVIDENCE_WORTH_SCHEMA,
  'caps?': CAPS_SCHEMA,
  'titleRules?': TITLE_RULES_SCHEMA,
  'recognition?': RECOGNITION_SCHEMA,
  conversionRules: CONVERSION_RULES_SCHEMA,
  programmes: PROGRAMMES_SCHEMA,
  'rewards?': REWARDS_SCHEMA,
  'expiryNoticeDays?': EXPIRY_NOTICE_DAYS_SCHEMA,
  'ageBandsUpTo?': AGE_BANDS_SCHEMA,
  protectedWords: described(
    set(WORD),
    '非学历证书名称不得使用的字样，每个词单独一项；没有就写 []',
    'Words the title of a non-degree award may not use, each an item of its own; [] when there are none',
    { example: ['学位', 'degree'] },
  ),
});
