import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal, type FieldError } from '../../kernel/refusal.js';

/** What each rule asks for, in words. Rules without an entry use their own message. */
const RULES: Record<string, string> = {
  isString: '必须是文字 must be text',
  isInt: '必须是整数 must be a whole number',
  isNumber: '必须是数字 must be a number',
  isBoolean: '必须是 true 或 false must be true or false',
  isArray: '必须是列表 must be a list',
  isUuid: '必须是 UUID must be a UUID',
  isNotEmpty: '不能为空 must not be empty',
  whitelistValidation: '不认识的字段 unknown field',
};

/** All mistakes of nested validation errors, with JSON pointers. Values are never repeated: they may be personal. */
export function toFieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    const own = Object.entries(error.constraints ?? {}).map(([rule, message]) => ({
      pointer,
      code: rule,
      detail: RULES[rule] ?? message,
    }));
    return [...own, ...toFieldErrors(error.children ?? [], pointer)];
  });
}

/** class-validator on every body and query: unknown fields are mistakes, and all mistakes are told at once. */
export function bodyValidation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: false },
    exceptionFactory: (errors) => new Refusal('validation-failed', { errors: toFieldErrors(errors) }),
  });
}
