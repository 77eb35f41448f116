import { type ClassConstructor, plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Max, Min, validateSync } from 'class-validator';
import { Refusal, type FieldError, type RefusalCode } from '../kernel/refusal.js';
import { toFieldErrors } from '../platform/http/body-validation.js';
import { PlainText } from '../platform/http/plain-text.js';
import { toProblem } from '../platform/problems/problem.js';
import { ReviseCourseRequest } from './revise-course.request.js';
import { IsCatalogueCode, IsUnitCode } from './field-rules.js';
import { SessionPlan } from './schedule-session.request.js';

/** Columns of the catalogue's files (fixtures/taiyuan/*.csv). Every cell is text, an empty one means none. */
const FILE_COLUMNS = {
  units: ['code', 'name', 'level', 'parent_code', 'is_synthetic'],
  providers: ['code', 'name', 'type', 'unit_code', 'approved_from', 'approved_to'],
  courses: [
    'code',
    'provider_code',
    'title',
    'credit_type',
    'activity_type',
    'planned_minutes',
    'planned_sessions',
    'capacity',
    'approved_from',
    'approved_to',
    'level',
  ],
  sessions: ['code', 'course_code', 'starts_at', 'ends_at', 'place', 'unit_code', 'capacity'],
} as const;

/** Name of a file of the catalogue. */
export type CatalogueFile = keyof typeof FILE_COLUMNS;

/** One row of a file: a text for every column but those that may be left out. */
export type FileRow<F extends CatalogueFile> = Record<Exclude<(typeof FILE_COLUMNS)[F][number], LeftOut<F>>, string> &
  Partial<Record<LeftOut<F>, string>>;

/** Columns that files of before do not have. */
type LeftOut<F extends CatalogueFile> = F extends 'courses' ? 'level' : never;

/** A unit as its file says it. */
export class UnitInFile {
  @IsUnitCode()
  code!: string;

  @PlainText(1, 60)
  name!: string;

  @IsInt()
  @Min(1)
  @Max(4)
  level!: number;

  @IsOptional()
  @IsUnitCode()
  parentCode?: string;

  @IsIn([0, 1], { message: '0 或 1 must be 0 or 1' })
  isSynthetic!: number;
}

/** A course as its file says it: the provider is named by its code. */
export class CourseInFile extends ReviseCourseRequest {
  @IsCatalogueCode()
  code!: string;

  @IsCatalogueCode()
  providerCode!: string;
}

/** A session as its file says it: the course is named by its code. */
export class SessionInFile extends SessionPlan {
  @IsCatalogueCode()
  courseCode!: string;
}

const NUMBERS = new Set(['level', 'is_synthetic', 'planned_minutes', 'planned_sessions', 'capacity']);

/**
 * Rows of a file as well-formed requests, by the very rules of the single actions. Refuses with `validation-failed` at
 * the first wrong row, with all its mistakes; pointers are `/sessions/3/starts_at`, rows counted from 0.
 */
export function requestsOf<F extends CatalogueFile, T extends object>(
  file: F,
  rows: FileRow<F>[],
  shape: ClassConstructor<T>,
): T[] {
  return rows.map((row, index) => {
    const cells = FILE_COLUMNS[file].map((column): [string, string | number | undefined] => [
      camelCase(column),
      cellValue(column, (row as Record<string, string | undefined>)[column]),
    ]);
    const request = plainToInstance(shape, Object.fromEntries(cells));
    const errors = toFieldErrors(validateSync(request, { forbidUnknownValues: true }));
    if (errors.length > 0) throw rowRefusal(errors.map((error) => inFile(error, file, index)));
    return request;
  });
}

function cellValue(column: string, text: string | undefined): string | number | undefined {
  if (text === undefined || text === '') return undefined;
  return NUMBERS.has(column) && /^\d{1,9}$/.test(text) ? Number(text) : text;
}

function camelCase(column: string): string {
  return column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

function inFile(error: FieldError, file: CatalogueFile, index: number): FieldError {
  const column = FILE_COLUMNS[file].find((name) => `/${camelCase(name)}` === error.pointer);
  return { ...error, pointer: `/${file}/${index}/${column ?? ''}` };
}

/** The refusal of a file because of mistakes in one row. */
export function rowRefusal(errors: FieldError[]): Refusal {
  return new Refusal('validation-failed', { errors });
}

type Column<F extends CatalogueFile> = (typeof FILE_COLUMNS)[F][number];

/** Runs a rule of a single action for one cell; its refusal becomes a mistake at that cell. */
export async function atCell<F extends CatalogueFile, T>(
  [file, index, column]: readonly [F, number, Column<F> | ((code: RefusalCode) => Column<F>)],
  rule: () => T | Promise<T>,
): Promise<T> {
  try {
    return await rule();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { detail, detailEn } = toProblem(error);
    const pointer = `/${file}/${index}/${typeof column === 'function' ? column(error.code) : column}`;
    throw rowRefusal([{ pointer, code: error.code, detail: `${detail} ${detailEn}` }]);
  }
}
