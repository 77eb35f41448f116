import { ValidateBy } from 'class-validator';
import { isDay } from '../../kernel/clock.js';
import { isId } from '../../kernel/ids.js';

/** A class-validator rule over text, with its message in both languages. */
export function textRule(name: string, message: string, isRight: (text: string) => boolean): PropertyDecorator {
  return ValidateBy({
    name,
    validator: {
      validate: (value: unknown) => typeof value === 'string' && isRight(value),
      defaultMessage: () => message,
    },
  });
}

/** A calendar day `YYYY-MM-DD`. */
export const IsDay = () => textRule('isDay', '日期格式为 2024-06-03 must be a day such as 2024-06-03', isDay);

/** A UUID in lower case. */
export const IsId = () => textRule('isUuid', '必须是 UUID must be a UUID', isId);

/** Credit as decimal text above zero, at most two decimals. */
export const IsCreditText = () =>
  textRule(
    'isCreditText',
    '学分为大于 0 的十进制文本，最多两位小数，例如 "12.50" must be credit as decimal text above zero, such as "12.50"',
    (text) => /^\d{1,8}(\.\d{1,2})?$/.test(text) && /[1-9]/.test(text),
  );
