import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsInt, IsString, MaxLength, MinLength, ValidateIf } from 'class-validator';
import { Refusal } from '../kernel/refusal.js';
import { compileSchema, schemaErrors, schemaOf } from '../platform/http/compiled-body.js';
import { EVIDENCE_LEVELS, type Evidence } from '../policy/domain/activity-types.js';

/** Rows that one request may bring; a file brings more. */
export const MAX_LIST_ROWS = 1_000;

/**
 * A field that may be left out. Unlike `IsOptional` it does not let `null` through: the compiled schema does not either,
 * and both must give the same answers.
 */
const MayBeLeftOut = () => ValidateIf((_, value) => value !== undefined);

/** One learner's visit to the session of the address. */
export class AttendanceRowRequest {
  @ApiProperty({ example: '140106000000019', description: '学习卡号 Card number', minLength: 1, maxLength: 40 })
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  cardNumber!: string;

  @ApiProperty({ example: 90, description: '实际分钟数 Minutes attended' })
  @IsInt()
  minutes!: number;

  @ApiPropertyOptional({ enum: EVIDENCE_LEVELS, default: 'list', description: '签到方式 How it was established' })
  @MayBeLeftOut()
  @IsIn(EVIDENCE_LEVELS)
  evidence?: Evidence;
}

/** Several visits to the session of the address. */
export class AttendanceListRequest {
  @ApiProperty({ type: [AttendanceRowRequest], minItems: 1, maxItems: MAX_LIST_ROWS })
  rows!: AttendanceRowRequest[];
}

function listOf(items: object): object {
  return {
    type: 'object',
    additionalProperties: false,
    required: ['rows'],
    properties: { rows: { type: 'array', minItems: 1, items } },
  };
}

const ROW = schemaOf(AttendanceRowRequest);
const isRow = compileSchema(ROW);
const isList = compileSchema(listOf(ROW));

/** A body of the attendance route: one row, or a list under `rows`. Refuses with all mistakes at once. */
export function readAttendanceBody(body: unknown): AttendanceRowRequest | AttendanceListRequest {
  const isValid = hasRows(body) ? isList : isRow;
  requireReadable(body);
  if (!isValid(body)) throw new Refusal('validation-failed', { errors: schemaErrors(isValid.errors) });
  return body as AttendanceRowRequest | AttendanceListRequest;
}

function hasRows(body: unknown): body is { rows: unknown } {
  return typeof body === 'object' && body !== null && 'rows' in body;
}

/** Refuses what is not worth looking into: a file where JSON belongs, and more rows than one request may bring. */
function requireReadable(body: unknown): void {
  if (Buffer.isBuffer(body)) throw new Refusal('unsupported-media-type');
  const given = hasRows(body) && Array.isArray(body.rows) ? body.rows.length : 0;
  if (given > MAX_LIST_ROWS) throw new Refusal('list-too-long', { limit: MAX_LIST_ROWS, given });
}

/** One learner who passed the course of the address. */
export class CompletionRowRequest {
  @ApiProperty({ example: '140106000000019' })
  @IsString()
  @MinLength(1)
  @MaxLength(40)
  cardNumber!: string;

  @ApiPropertyOptional({ example: 82, description: '成绩 0–100 Grade' })
  @MayBeLeftOut()
  @IsInt()
  grade?: number;
}

/** Several learners who passed the course of the address. */
export class CompletionListRequest {
  @ApiProperty({ type: [CompletionRowRequest], minItems: 1, maxItems: MAX_LIST_ROWS })
  rows!: CompletionRowRequest[];
}

const isCompletionList = compileSchema(listOf(schemaOf(CompletionRowRequest)));

/** A body of the completion route. Refuses with all mistakes at once. */
export function readCompletionBody(body: unknown): CompletionListRequest {
  requireReadable(body);
  if (!isCompletionList(body)) {
    throw new Refusal('validation-failed', { errors: schemaErrors(isCompletionList.errors) });
  }
  return body as CompletionListRequest;
}
