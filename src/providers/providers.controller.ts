import { Body, Controller, Get, HttpCode, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ROLES, type Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { ETAG_HEADER, FromIfMatch, Tagged, TakesIfMatch } from '../platform/http/if-match.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BrowseProviders } from './browse-providers.service.js';
import { ChangeApprovalRequest } from './change-approval.request.js';
import { ChangeApproval } from './change-approval.service.js';
import { CreateProviderRequest } from './create-provider.request.js';
import { CreateProvider } from './create-provider.service.js';
import { NextLink, PageQuery, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import { ProviderPageResponse, ProviderResponse, providerTag } from './provider.response.js';

/** Who holds courses, and from when to when they are approved. */
@ApiTags('providers')
@Controller('api/v1/providers')
export class ProvidersController {
  constructor(
    private readonly createProvider: CreateProvider,
    private readonly changeApproval: ChangeApproval,
    private readonly browse: BrowseProviders,
  ) {}

  /** Records a provider with its first approval. */
  @Post()
  @Roles('registrar', 'administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记办学机构 Record a provider' })
  @Tagged(providerTag)
  @ApiCreatedResponse({ type: ProviderResponse, headers: ETAG_HEADER })
  @Problems('unit-unknown', 'approval-period-invalid', 'code-already-used')
  create(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: CreateProviderRequest,
  ): Promise<Receipt<ProviderResponse>> {
    return this.createProvider.run(caller, once, body);
  }

  /** Puts another approval period in force; sessions outside it earn no credit. Only over the period that the caller has read. */
  @Post(':providerId/approval')
  @HttpCode(200)
  @Roles('registrar')
  @TakesOnceKey()
  @TakesIfMatch()
  @ApiOperation({ summary: '变更机构批准期 Change the approval period of a provider' })
  @Tagged(providerTag)
  @ApiOkResponse({ type: ProviderResponse, headers: ETAG_HEADER })
  @Problems('not-found', 'approval-period-invalid')
  approve(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('providerId', PathId) providerId: string,
    @FromIfMatch() ifMatch: string | undefined,
    @Body() body: ChangeApprovalRequest,
  ): Promise<Receipt<ProviderResponse>> {
    return this.changeApproval.run(caller, once, { providerId, ifMatch }, body);
  }

  /** Providers in order of code. */
  @Get()
  @Roles(...ROLES)
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '办学机构列表 Providers' })
  @ApiOkResponse({ type: ProviderPageResponse })
  @Problems('cursor-invalid')
  list(@Query() query: PageQuery): Promise<Page<ProviderResponse>> {
    return this.browse.list(query);
  }

  /** One provider, with the tag that a change of its approval must name. */
  @Get(':providerId')
  @Roles(...ROLES)
  @ApiOperation({ summary: '办学机构 A provider' })
  @Tagged(providerTag)
  @ApiOkResponse({ type: ProviderResponse, headers: ETAG_HEADER })
  @Problems('not-found')
  one(@Param('providerId', PathId) providerId: string): Promise<ProviderResponse> {
    return this.browse.one(providerId);
  }
}
