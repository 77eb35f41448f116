import { Controller, HttpStatus, Query, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ROLES, type Caller } from '../platform/auth/caller.js';
import { FromCaller, Public, Roles } from '../platform/auth/roles.js';
import { renderAccountSearch, renderNoAccount } from './account-search/account-search.view.js';
import { FindAccount } from './account-search/find-account.service.js';
import { renderHome } from './home/home.view.js';
import { field, Page, type FormFields } from './page-route.js';
import { statementPath } from './paths.js';

/** The front door, and the ways from it to an account. */
@ApiExcludeController()
@Controller()
export class HomeController {
  constructor(private readonly accounts: FindAccount) {}

  /** What this bank is. */
  @Page('/')
  @Public()
  home(): string {
    return renderHome();
  }

  /** Leads learners to their account, staff to the search. */
  @Page('me')
  @Roles(...ROLES)
  me(@FromCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (caller.learnerId !== null) return seeOther(reply, statementPath(caller.learnerId));
    return caller.role === 'provider' || caller.role === 'learner'
      ? renderNoAccount(caller.role)
      : renderAccountSearch(null);
  }

  /** Leads from a card number to the account it belongs to. */
  @Page('cards')
  @Roles('registrar', 'auditor', 'administrator')
  async card(@Query() fields: FormFields, @Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    const typed = field(fields, 'number');
    if (typed === '') return renderAccountSearch(null);
    const found = await this.accounts.byCard(typed);
    if ('learnerId' in found) return seeOther(reply, statementPath(found.learnerId));
    void reply.status(HttpStatus.UNPROCESSABLE_ENTITY);
    return renderAccountSearch(found.mistake);
  }
}

function seeOther(reply: FastifyReply, path: string): string {
  void reply.status(HttpStatus.SEE_OTHER).header('Location', path);
  return '';
}
