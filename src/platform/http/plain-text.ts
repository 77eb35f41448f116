import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';

/**
 * What no name or title may hold: the replacement character (a file read in the wrong encoding), control characters
 * and half surrogates (PostgreSQL refuses some of them), line separators, and marks that turn the direction of text
 * (a printed certificate could read differently from its record).
 */
const DAMAGED = /[\uFFFD\p{Cc}\p{Cs}\u2028\u2029\u202A-\u202E\u2066-\u2069]/u;

/** A text as it is kept: NFC, without space at either end. Anything that is not text stays as it came. */
export function toPlainText(value: unknown): unknown {
  return typeof value === 'string' ? value.normalize('NFC').trim() : value;
}

/** True for a text without damage. HTML and SQL are simply text: every place that shows or stores it escapes or binds. */
export function isPlainText(value: unknown): value is string {
  return typeof value === 'string' && !DAMAGED.test(value);
}

/** Length as people count it: a rare character outside the first plane is one. */
function characterCount(text: string): number {
  return [...text].length;
}

/** A field of plain text with `min` to `max` characters after trimming. */
export function PlainText(min: number, max: number): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => toPlainText(value)),
    ValidateBy({
      name: 'isPlainText',
      validator: {
        validate: (value: unknown) => isPlainText(value),
        defaultMessage: () => '必须是没有乱码和控制字符的文字 must be text without damaged or control characters',
      },
    }),
    ValidateBy({
      name: 'textLength',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && characterCount(value) >= min && characterCount(value) <= max,
        defaultMessage: () => `长度为 ${min} 至 ${max} 个字符 must have ${min} to ${max} characters`,
      },
    }),
  );
}
