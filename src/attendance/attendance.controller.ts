import { Body, Controller, Get, HttpStatus, Param, Post, Query, Req, Res } from '@nestjs/common';
import {
  ApiBody,
  ApiConsumes,
  ApiCreatedResponse,
  ApiExtraModels,
  ApiOkResponse,
  ApiOperation,
  ApiPropertyOptional,
  ApiTags,
  getSchemaPath,
} from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import { readUpload } from '../platform/http/upload.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, hashContent, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { TEMPLATE_HEADER } from './attendance-file.js';
import {
  AttendanceListRequest,
  AttendanceRowRequest,
  CompletionListRequest,
  readAttendanceBody,
  readCompletionBody,
} from './attendance.request.js';
import { ImportResponse, RowListResponse, VisitResponse } from './attendance.response.js';
import { CompleteCourses } from './complete-courses.service.js';
import { ImportAttendance } from './import-attendance.service.js';
import { RecordAttendance } from './record-attendance.service.js';
import { rejectedCsv } from './rejected-csv.js';

/** Whether a file is only tried. */
export class ImportQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], default: 'false', description: '只检查不写入 Try it, write nothing' })
  @IsOptional()
  @IsIn(['true', 'false'])
  dryRun?: string;
}

/** Attendance comes in: one row, a list, a file. */
@ApiTags('attendance')
@ApiExtraModels(AttendanceRowRequest, AttendanceListRequest, VisitResponse, RowListResponse)
@Controller('api/v1')
export class AttendanceController {
  constructor(
    private readonly attendance: RecordAttendance,
    private readonly completions: CompleteCourses,
    private readonly imports: ImportAttendance,
  ) {}

  /** One visit, or a list of up to 1,000 in which good rows are posted and bad rows come back. */
  @Post('sessions/:sessionId/attendance')
  @Roles('provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记出勤（单条或列表） Record attendance, one row or a list' })
  @ApiBody({
    schema: { oneOf: [{ $ref: getSchemaPath(AttendanceRowRequest) }, { $ref: getSchemaPath(AttendanceListRequest) }] },
  })
  @ApiCreatedResponse({
    schema: { oneOf: [{ $ref: getSchemaPath(VisitResponse) }, { $ref: getSchemaPath(RowListResponse) }] },
  })
  @Problems(
    'not-found',
    'session-unknown',
    'card-unknown',
    'card-number-invalid',
    'card-number-mangled',
    'card-not-active',
    'account-closed',
    'account-merged',
    'policy-not-in-force',
    'activity-type-unknown',
    'credit-type-unknown',
    'session-not-over',
    'provider-not-approved',
    'course-not-approved',
    'attendance-already-recorded',
    'attendance-overlaps',
    'session-full',
    'minutes-out-of-range',
    'minutes-exceed-session',
    'visit-too-short',
    'evidence-not-accepted',
    'visits-per-day-reached',
    'day-cap-reached',
    'course-cap-reached',
    'cap-reached',
    'list-too-long',
    'unsupported-media-type',
    'request-still-running',
  )
  async record(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('sessionId', PathId) sessionId: string,
    @Body() body: unknown,
  ): Promise<Receipt<VisitResponse> | Receipt<RowListResponse>> {
    const asked = readAttendanceBody(body);
    if ('rows' in asked) {
      return (await this.attendance.list(caller, once, sessionId, asked.rows)).map(RowListResponse.of);
    }
    return (await this.attendance.one(caller, once, sessionId, asked)).map(VisitResponse.of);
  }

  /** Learners who passed a course with gates: enough sessions attended, and the grade where one is asked. */
  @Post('courses/:courseId/completions')
  @Roles('provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记结业 Record who passed a course' })
  @ApiBody({ type: CompletionListRequest })
  @ApiCreatedResponse({ type: RowListResponse })
  @Problems(
    'not-found',
    'course-unknown',
    'course-without-completion',
    'course-already-completed',
    'attendance-gate-not-met',
    'grade-gate-not-met',
    'course-duplicates-passed',
    'outcome-duplicates-held',
    'cap-reached',
    'policy-not-in-force',
    'activity-type-unknown',
    'credit-type-unknown',
    'list-too-long',
    'unsupported-media-type',
    'request-still-running',
  )
  async complete(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('courseId', PathId) courseId: string,
    @Body() body: unknown,
  ): Promise<Receipt<RowListResponse>> {
    const { rows } = readCompletionBody(body);
    return (await this.completions.run(caller, once, courseId, rows)).map(RowListResponse.of);
  }

  /** A whole sheet, many sessions a file; UTF-8 or GB18030. The same file again gives the first result. */
  @Post('attendance-imports')
  @Roles('provider', 'registrar')
  @TakesOnceKey()
  @ApiConsumes('multipart/form-data', 'text/csv')
  @ApiBody({
    schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
  })
  @ApiOperation({ summary: '导入考勤表 Import an attendance sheet' })
  @ApiCreatedResponse({ type: ImportResponse, description: '导入的结果 What the file brought' })
  @ApiOkResponse({ type: ImportResponse, description: '试运行的结果 What the file would bring (dryRun=true)' })
  @Problems(
    'file-missing',
    'file-empty',
    'file-encoding-unknown',
    'file-malformed',
    'file-columns-wrong',
    'list-too-long',
    'body-too-large',
    'unsupported-media-type',
    'request-still-running',
  )
  async import(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Req() request: FastifyRequest,
    @Query() { dryRun }: ImportQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Receipt<ImportResponse>> {
    const content = await readUpload(request);
    if (dryRun === 'true') {
      void reply.status(HttpStatus.OK);
      return new Receipt(ImportResponse.of(await this.imports.dryRun(caller, content)), false);
    }
    // A form's boundary differs from try to try: the key is bound to the file itself.
    const sameFile = { ...once, bodyHash: hashContent(content) };
    const { summary, replayed } = await this.imports.run(caller, sameFile, content);
    return new Receipt(ImportResponse.of(summary), replayed);
  }

  /** Header of the sheet, to be filled in. */
  @Get('attendance-imports/template.csv')
  @Roles('provider', 'registrar')
  @ApiOperation({ summary: '考勤表模板 Template of the sheet' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Problems()
  template(@Res({ passthrough: true }) reply: FastifyReply): string {
    void reply.header('Content-Disposition', 'attachment; filename="attendance-template.csv"');
    void reply.type('text/csv; charset=utf-8');
    return `\uFEFF${TEMPLATE_HEADER.join(',')}\r\n`;
  }

  /** Progress and rejected rows of an import. */
  @Get('attendance-imports/:importId')
  @Roles('provider', 'registrar', 'auditor')
  @ApiOperation({ summary: '导入结果 Progress and rejected rows of an import' })
  @ApiOkResponse({ type: ImportResponse })
  @Problems('not-found')
  async progress(@FromCaller() caller: Caller, @Param('importId', PathId) importId: string): Promise<ImportResponse> {
    const summary = await this.imports.find(caller, importId);
    if (!summary) throw new Refusal('not-found');
    return ImportResponse.of(summary);
  }

  /** The rejected rows as a sheet with an error column: correct it and send it again. */
  @Get('attendance-imports/:importId/rejected.csv')
  @Roles('provider', 'registrar', 'auditor')
  @ApiOperation({ summary: '退回的行（CSV） Rejected rows as a sheet with an error column' })
  @ApiOkResponse({ content: { 'text/csv': { schema: { type: 'string' } } } })
  @Problems('not-found')
  async rejected(
    @FromCaller() caller: Caller,
    @Param('importId', PathId) importId: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const summary = await this.imports.find(caller, importId);
    if (!summary) throw new Refusal('not-found');
    void reply.header('Content-Disposition', `attachment; filename="rejected-${importId}.csv"`);
    void reply.type('text/csv; charset=utf-8');
    return rejectedCsv(summary.header, summary.rejected);
  }
}
