import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { OnceKey } from '../idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../idempotency/once.decorator.js';
import type { Receipt } from '../idempotency/receipt.js';
import { Problems } from '../problems/problems.decorator.js';
import { IssuedApiKeyResponse } from './api-key.response.js';
import type { Caller } from './caller.js';
import { IssueApiKeyRequest } from './issue-api-key.request.js';
import { IssueApiKey } from './issue-api-key.service.js';
import { RevokeApiKey } from './revoke-api-key.service.js';
import { FromCaller, Roles } from './roles.js';

/** Keys of everybody who calls the bank. */
@ApiTags('api keys')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly issueApiKey: IssueApiKey,
    private readonly revokeApiKey: RevokeApiKey,
  ) {}

  /** Issues a key. Its text is in this answer only: sent again, the request gets the same `keyId` and `key: null`. */
  @Post()
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({
    summary: '发放 API 密钥 Issue an API key',
    description: '密钥全文只在首次答复中出现 The key itself is in the first answer only; a replay has key: null',
  })
  @ApiCreatedResponse({ type: IssuedApiKeyResponse })
  @Problems('provider-unknown')
  issue(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: IssueApiKeyRequest,
  ): Promise<Receipt<IssuedApiKeyResponse>> {
    return this.issueApiKey.run(caller, once, body);
  }

  /** Ends a key, in this process at once and in every other one within five seconds. */
  @Delete(':keyId')
  @HttpCode(204)
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '撤销 API 密钥 Revoke an API key' })
  @ApiNoContentResponse({ description: '已撤销 Revoked' })
  @Problems('not-found')
  revoke(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('keyId') keyId: string,
  ): Promise<Receipt<null>> {
    return this.revokeApiKey.run(caller, once, keyId);
  }
}
