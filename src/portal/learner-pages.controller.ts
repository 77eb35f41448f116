import { Controller, HttpStatus, Param, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Clock } from '../kernel/clock.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { PathId } from '../platform/http/path-id.js';
import type { Named } from '../policy/domain/schema-parts.js';
import { AdmitReader } from './admit-reader.service.js';
import { readAsOf, type AsOf } from './as-of.js';
import { ReadCreditLots } from './credit-lots/read-credit-lots.service.js';
import { renderCreditLots } from './credit-lots/credit-lots.view.js';
import { field, Page, type FormFields } from './page-route.js';
import { ReadStatement } from './statement/read-statement.service.js';
import { renderStatement } from './statement/statement.view.js';
import { ReadStudyTime } from './study-time/read-study-time.service.js';
import { renderStudyTime } from './study-time/study-time.view.js';
import { readPlace } from './words.js';

/** A learner's account: the balance, and the lots and visits behind every number of it. */
@ApiExcludeController()
@Controller('learners/:learnerId')
@Roles('learner', 'registrar', 'auditor', 'administrator')
export class LearnerPagesController {
  constructor(
    private readonly door: AdmitReader,
    private readonly statements: ReadStatement,
    private readonly creditLots: ReadCreditLots,
    private readonly studyTimes: ReadStudyTime,
    private readonly clock: Clock,
  ) {}

  /** The statement, now or as of a past day. */
  @Page('')
  async statement(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Query() fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const holder = await this.door.run(caller, learnerId, { action: 'read-statement', subject: learnerId });
    const { asOf, mistake } = this.asOf(fields, reply);
    return renderStatement(await this.statements.run(holder, asOf, cursorOf(fields)), mistake);
  }

  /** The lots behind the credit of one type. */
  @Page('credits/:creditType')
  async credits(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Param('creditType') creditType: string,
    @Query() fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.door.run(caller, learnerId, { action: 'read-statement', subject: learnerId });
    const { asOf, mistake } = this.asOf(fields, reply);
    const part = { place: readPlace(field(fields, 'place')), cursor: cursorOf(fields) };
    return renderCreditLots(await this.creditLots.run(learnerId, asOf, creditType, part), mistake);
  }

  /** The visits behind the study time of one type. */
  @Page('study-time/:creditType')
  async studyTime(
    @FromCaller() caller: Caller,
    @Param('learnerId', PathId) learnerId: string,
    @Param('creditType') creditType: string,
    @Query() fields: FormFields,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    await this.door.run(caller, learnerId, { action: 'read-statement', subject: learnerId });
    const { asOf, mistake } = this.asOf(fields, reply);
    return renderStudyTime(await this.studyTimes.run(learnerId, asOf, creditType, cursorOf(fields)), mistake);
  }

  private asOf(fields: FormFields, reply: FastifyReply): { asOf: AsOf; mistake: Named | null } {
    const read = readAsOf(field(fields, 'asOf'), this.clock.nowMs());
    if (read.mistake) void reply.status(HttpStatus.UNPROCESSABLE_ENTITY);
    return read;
  }
}

function cursorOf(fields: FormFields): string | undefined {
  return field(fields, 'cursor') || undefined;
}
