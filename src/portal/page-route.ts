import { applyDecorators, Get, Header } from '@nestjs/common';

/** A page: HTML that no shared computer or proxy keeps, because most of what the bank shows is somebody's own. */
export const Page = (path: string) =>
  applyDecorators(Get(path), Header('Content-Type', 'text/html; charset=utf-8'), Header('Cache-Control', 'no-store'));

/** Fields of a form as they came; each may be missing, or there more than once. */
export type FormFields = Record<string, unknown>;

/** One field as typed, without space around it; the empty text when it is missing. */
export function field(fields: FormFields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value.trim() : '';
}
