import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, endOfDayMs, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { keyOfCursor, limitOf, NextLink, PageQuery, toPage, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { AsOfQuery, requireOwnBook, ReversalRequest } from './book.request.js';
import { BalanceResponse, EntryPageResponse, EntryResponse, ReversalResponse } from './ledger.response.js';
import { ReverseEntry } from './reverse-entry.service.js';
import { Statements } from './statements.service.js';
import type { ReversalReceipt } from './reverse-entry.command.js';
import { readEntryId } from './domain/entry.js';

/** The book, read by its owner and the bank's staff, and corrected by reversal. */
@ApiTags('book')
@Controller('api/v1')
export class BookController {
  constructor(
    private readonly statements: Statements,
    private readonly reversals: ReverseEntry,
    private readonly clock: Clock,
  ) {}

  /** Credit and study time by type, now or at the end of a past day. */
  @Get('learners/:learnerId/balance')
  @Roles('learner', 'registrar', 'auditor', 'administrator')
  @ApiOperation({ summary: '查询余额 Balance, now or as of a day' })
  @ApiOkResponse({ type: BalanceResponse })
  @Problems('not-found', 'as-of-in-future')
  async balance(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Query() { asOf }: AsOfQuery,
  ): Promise<BalanceResponse> {
    requireOwnBook(caller, learnerId);
    const now = this.clock.nowMs();
    const today = shanghaiDay(now);
    if (asOf !== undefined && asOf > today) throw new Refusal('as-of-in-future', { today });
    const asOfMs = asOf === undefined ? undefined : Math.min(endOfDayMs(asOf), now);
    return BalanceResponse.of(await this.statements.statement(learnerId, asOfMs), asOfMs ?? now);
  }

  /** Entries with all their postings, newest first. */
  @Get('learners/:learnerId/entries')
  @Roles('learner', 'registrar', 'auditor', 'administrator')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '流水 Entries with their postings, newest first' })
  @ApiOkResponse({ type: EntryPageResponse })
  @Problems('not-found', 'cursor-invalid')
  async entries(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Query() query: PageQuery,
  ): Promise<Page<EntryResponse>> {
    requireOwnBook(caller, learnerId);
    const key = keyOfCursor(
      query.cursor,
      (parts): parts is [number] => parts.length === 1 && Number.isSafeInteger(parts[0]),
    );
    const limit = limitOf(query);
    const found = await this.statements.entries(learnerId, limit + 1, key?.[0]);
    if (found.length === 0) await this.statements.statement(learnerId);
    return toPage(found, limit, (entry) => [entry.version], EntryResponse.of);
  }

  /** One entry, by the name that every number leads to. */
  @Get('entries/:entryId')
  @Roles('learner', 'registrar', 'auditor', 'administrator')
  @ApiOperation({ summary: '一条分录 One entry' })
  @ApiOkResponse({ type: EntryResponse })
  @Problems('not-found')
  async entry(@FromCaller() caller: Caller, @Param('entryId') id: string): Promise<EntryResponse> {
    const { learnerId, version } = readEntryId(id);
    requireOwnBook(caller, learnerId);
    const entry = await this.statements.entry(learnerId, version);
    if (!entry) throw new Refusal('not-found');
    return EntryResponse.of(entry);
  }

  /** Undoes an entry by an equal and opposite one. A provider may undo only its own. */
  @Post('entries/:entryId/reversal')
  @Roles('provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '冲正 Reverse an entry' })
  @ApiCreatedResponse({ type: ReversalResponse })
  @Problems(
    'not-found',
    'entry-already-reversed',
    'entry-not-reversible',
    'credit-already-used',
    'recognition-replaced',
    'credit-expired',
    'course-already-completed',
    'attendance-already-recorded',
    'attendance-overlaps',
    'attendance-gate-not-met',
    'session-full',
    'visits-per-day-reached',
    'day-cap-reached',
    'course-cap-reached',
    'cap-reached',
    'grade-gate-not-met',
    'course-duplicates-passed',
    'outcome-duplicates-held',
    'conversion-cap-exceeded',
    'account-frozen',
    'account-closed',
    'account-merged',
  )
  reverse(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('entryId') id: string,
    @Body() body: ReversalRequest,
  ): Promise<Receipt<ReversalReceipt>> {
    return this.reversals.run(caller, once, id, body.reason);
  }
}
