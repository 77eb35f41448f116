import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BrowseSessions } from './browse-sessions.service.js';
import { NextLink, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import { ListSessionsQuery } from './list-sessions.request.js';
import { ScheduleSessionRequest } from './schedule-session.request.js';
import { ScheduleSession } from './schedule-session.service.js';
import { SessionPageResponse, SessionResponse } from './session.response.js';

/** Sessions of courses: when, where, for how many. */
@ApiTags('sessions')
@Controller('api/v1/sessions')
export class SessionsController {
  constructor(
    private readonly scheduleSession: ScheduleSession,
    private readonly browse: BrowseSessions,
  ) {}

  /** Schedules a session under the course's latest version. A provider does so for its own courses only. */
  @Post()
  @Roles('provider', 'registrar')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记课次 Schedule a session' })
  @ApiCreatedResponse({ type: SessionResponse })
  @Problems('course-unknown', 'session-times-invalid', 'unit-unknown', 'code-already-used')
  create(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: ScheduleSessionRequest,
  ): Promise<Receipt<SessionResponse>> {
    return this.scheduleSession.run(caller, once, body);
  }

  /** Sessions in order of start, by course, provider and days. A provider sees its own. */
  @Get()
  @Roles('provider', 'registrar', 'auditor', 'administrator')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '课次列表 Sessions' })
  @ApiOkResponse({ type: SessionPageResponse })
  @Problems('cursor-invalid')
  list(@FromCaller() caller: Caller, @Query() query: ListSessionsQuery): Promise<Page<SessionResponse>> {
    return this.browse.list(caller, query);
  }

  /** One session. A provider sees its own. */
  @Get(':sessionId')
  @Roles('provider', 'registrar', 'auditor', 'administrator')
  @ApiOperation({ summary: '课次 A session' })
  @ApiOkResponse({ type: SessionResponse })
  @Problems('not-found')
  one(@FromCaller() caller: Caller, @Param('sessionId', PathId) sessionId: string): Promise<SessionResponse> {
    return this.browse.one(caller, sessionId);
  }
}
