import { ValidateBy } from 'class-validator';
import { isDay } from '../kernel/clock.js';
import { textRule } from '../platform/http/field-rules.js';
import { isCatalogueCode } from './domain/catalogue-code.js';
import { parseInstant } from './domain/session-times.js';

/** Code of a provider, course or session. */
export const IsCatalogueCode = () =>
  textRule(
    'isCatalogueCode',
    '2 至 40 个大写字母、数字或连字符 must have 2 to 40 capital letters, digits or hyphens',
    isCatalogueCode,
  );

/** Code of an administrative unit by its length; whether there is one is for the database to say. */
export const IsUnitCode = () =>
  textRule('isUnitCode', '6、9 或 12 位区划代码 must be an administrative code of 6, 9 or 12 digits', (text) =>
    /^\d{6}(?:\d{3}){0,2}$/.test(text),
  );

/** Name of a credit or activity type; whether the policy has it is for the course vocabulary to say. */
export const IsTypeName = () =>
  textRule('isTypeName', '2 至 40 个字母或下划线 must have 2 to 40 letters or underscores', (text) =>
    /^[a-zA-Z_]{2,40}$/.test(text),
  );

/** Code of a level as a policy writes it; whether the policy has it is for the course vocabulary to say. */
export const IsLevelCode = () =>
  textRule(
    'isLevelCode',
    '以字母开头，1 至 40 个字母、数字、下划线或连字符 must begin with a letter and have at most 40 letters, digits, _ or -',
    (text) => /^[A-Za-z][A-Za-z0-9_-]{0,39}$/.test(text),
  );

/** A calendar day or an explicit null. */
export const IsDayOrNull = () =>
  ValidateBy({
    name: 'isDayOrNull',
    validator: {
      validate: (value: unknown) => value === null || (typeof value === 'string' && isDay(value)),
      defaultMessage: () => '日期格式为 2024-06-03，或 null must be a day such as 2024-06-03, or null',
    },
  });

/** An instant with its offset. */
export const IsInstant = () =>
  textRule(
    'isInstant',
    '时刻须带时区，例如 2024-06-03T09:00:00+08:00 must be an instant with its offset',
    (text) => parseInstant(text) !== null,
  );
