import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { Refusal, type FieldError } from '../../kernel/refusal.js';
import { pointerTo, ruleWords } from './rule-words.js';

/** All mistakes of nested validation errors, with JSON pointers. Values are never repeated: they may be personal. */
export function toFieldErrors(errors: ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const pointer = pointerTo(parent, error.property);
    const own = Object.entries(error.constraints ?? {}).map(([code, message]) => ({
      pointer,
      code,
      detail: inBothLanguages(code, message),
    }));
    return [...own, ...toFieldErrors(error.children ?? [], pointer)];
  });
}

/** A rule's own sentence when it has one in Chinese; the library's are English only, and name their limit at the end. */
function inBothLanguages(code: string, message: string): string {
  if (/\p{Script=Han}/u.test(message)) return message;
  const limit = /values: (.+)$/.exec(message)?.[1] ?? /(\d+)\D*$/.exec(message)?.[1] ?? '';
  return ruleWords(code, limit) ?? message;
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
