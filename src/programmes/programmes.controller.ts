import { Body, Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { requireOwnBook } from '../ledger/ledger.port.js';
import { ROLES, type Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { Policies } from '../policy/policy.port.js';
import { PlanPath } from './plan-path.service.js';
import { PlanRequest } from './plan.request.js';
import { PlanResponse } from './plan.response.js';
import { ProgrammeResponse, ProgressResponse } from './programme.response.js';
import { ReadProgress } from './read-progress.service.js';

/** Awards and how far a learner is from them. */
@ApiTags('programmes')
@Controller('api/v1')
export class ProgrammesController {
  constructor(
    private readonly progress: ReadProgress,
    private readonly plans: PlanPath,
    private readonly policies: Policies,
    private readonly clock: Clock,
  ) {}

  /** The awards of the rules in force today. */
  @Get('programmes')
  @Roles(...ROLES)
  @ApiOperation({ summary: '证书项目 Awards that can be had' })
  @ApiOkResponse({ type: [ProgrammeResponse] })
  @Problems('policy-not-in-force')
  async list(): Promise<ProgrammeResponse[]> {
    const pack = this.policies.inForceOn(shanghaiDay(this.clock.nowMs()));
    return pack.programmes.map(ProgrammeResponse.of);
  }

  /** Have, need and what counts. */
  @Get('learners/:learnerId/programmes/:code/progress')
  @Roles('learner', 'registrar', 'auditor')
  @ApiOperation({ summary: '进度：已有、要求、计入 Progress: have, need, what counts' })
  @ApiOkResponse({ type: ProgressResponse })
  @Problems('not-found', 'programme-unknown', 'policy-not-in-force')
  async show(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Param('code') code: string,
  ): Promise<ProgressResponse> {
    requireOwnBook(caller, learnerId);
    return ProgressResponse.of(await this.progress.run(learnerId, code));
  }

  /** The cheapest way to an award: what to convert and which courses to take. Writes nothing. */
  @Post('programmes/:code/plan')
  @HttpCode(200)
  @Roles('learner', 'registrar')
  @ApiOperation({ summary: '达标方案：转换与选课 The cheapest path: conversions and courses' })
  @ApiOkResponse({ type: PlanResponse })
  @Problems(
    'not-found',
    'programme-unknown',
    'course-unknown',
    'plan-costs-missing',
    'plan-not-found-in-time',
    'policy-not-in-force',
  )
  async plan(
    @FromCaller() caller: Caller,
    @Param('code') programme: string,
    @Body() { learnerId, objective, excluded = [], costs = [] }: PlanRequest,
  ): Promise<PlanResponse> {
    requireOwnBook(caller, learnerId);
    const costOf = new Map(costs.map(({ course, cost }) => [course, cost]));
    return PlanResponse.of(await this.plans.run({ learnerId, programme, objective, excluded, costs: costOf }));
  }
}
