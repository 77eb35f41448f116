import { Controller, Get, Param } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { requireOwnBook } from '../ledger/ledger.port.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { HonoursResponse } from './honours.response.js';
import { ReadHonours } from './read-honours.service.js';

/** What effort brings besides credit. */
@ApiTags('rewards')
@Controller('api/v1')
export class RewardsController {
  constructor(private readonly honours: ReadHonours) {}

  /** Points, steps reached on every honour ladder with the day, what is missing to the next, and benefits. */
  @Get('learners/:learnerId/honours')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '积分与荣誉 Points, honours and benefits' })
  @ApiOkResponse({ type: HonoursResponse })
  @Problems('not-found', 'policy-not-in-force')
  async show(@FromCaller() caller: Caller, @Param('learnerId', PathId) learnerId: string): Promise<HonoursResponse> {
    requireOwnBook(caller, learnerId);
    return HonoursResponse.of(await this.honours.run(learnerId));
  }
}
