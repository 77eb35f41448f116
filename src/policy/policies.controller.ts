import {
  Body,
  Controller,
  Get,
  HttpCode,
  Param,
  Post,
  Query,
  Req,
  UseInterceptors,
  type RawBodyRequest,
} from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Public, Roles } from '../platform/auth/roles.js';
import { NextLink, PageQuery, type Page } from '../platform/http/paging.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { explainCode, explainPack, explainedCodes } from './domain/explain-pack.js';
import { publishedSchema } from './domain/published-schema.js';
import { DraftPolicy } from './draft-policy.service.js';
import { ExplanationQuery, PolicyCommentRequest, PolicyReviewRequest, PolicyVersionName } from './policy.request.js';
import { ExplanationResponse, PolicyListResponse, PolicyResponse, PolicySummaryResponse } from './policy.response.js';
import { PublishPolicy } from './publish-policy.service.js';
import { ReadPolicies } from './read-policies.service.js';
import { ReviewPolicy } from './review-policy.service.js';

/** The rules: drafted by one person, reviewed by another, published from a day on. */
@ApiTags('policies')
@Controller('api/v1/policies')
export class PoliciesController {
  constructor(
    private readonly drafts: DraftPolicy,
    private readonly reviews: ReviewPolicy,
    private readonly publications: PublishPolicy,
    private readonly policies: ReadPolicies,
  ) {}

  /** Keeps a pack's file as a draft of the version it names. With YAML every mistake has its line. */
  @Post()
  @Roles('administrator')
  @TakesOnceKey()
  @ApiConsumes('application/yaml', 'application/json')
  @ApiBody({ schema: { type: 'object', description: '规则包文件，见 /policy/reference The pack file' } })
  @ApiOperation({ summary: '起草规则版本 Draft a version of the rules' })
  @ApiCreatedResponse({ type: PolicySummaryResponse })
  @Problems(
    'policy-pack-wrong',
    'policy-already-published',
    'precondition-failed',
    'body-too-large',
    'unsupported-media-type',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  draft(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: unknown,
    @Req() { rawBody }: RawBodyRequest<object>,
    @Query() { comment }: PolicyCommentRequest,
  ): Promise<Receipt<PolicySummaryResponse>> {
    return this.drafts.run(caller, once, { body, raw: rawBody ?? null }, comment ?? null);
  }

  /** A second person agrees with what a version says. */
  @Post(':policyVersion/review')
  @HttpCode(200)
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '审核规则版本 Review a version of the rules' })
  @ApiOkResponse({ type: PolicySummaryResponse })
  @Problems(
    'policy-unknown',
    'policy-already-published',
    'policy-review-by-drafter',
    'policy-pack-wrong',
    'precondition-failed',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  review(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('policyVersion', PolicyVersionName) policyVersion: string,
    @Body() { comment, contentHash }: PolicyReviewRequest,
  ): Promise<Receipt<PolicySummaryResponse>> {
    const read = { comment: comment ?? null, contentHash: contentHash ?? null };
    return this.reviews.run(caller, once, policyVersion, read);
  }

  /** Puts a reviewed version in force from its day on; what stands in the book is not touched. */
  @Post(':policyVersion/publication')
  @HttpCode(200)
  @Roles('administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '发布规则版本 Publish a version of the rules' })
  @ApiOkResponse({ type: PolicySummaryResponse })
  @Problems(
    'policy-unknown',
    'policy-already-published',
    'policy-not-reviewed',
    'policy-effective-in-past',
    'policy-day-taken',
    'policy-pack-wrong',
    'idempotency-key-missing',
    'idempotency-key-invalid',
    'idempotency-key-reused',
  )
  publish(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('policyVersion', PolicyVersionName) policyVersion: string,
    @Body() { comment }: PolicyCommentRequest,
  ): Promise<Receipt<PolicySummaryResponse>> {
    return this.publications.run(caller, once, policyVersion, comment ?? null);
  }

  /** Every version with its state, in the order of their names. */
  @Get()
  @Roles('registrar', 'auditor', 'administrator')
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '规则版本列表 List the versions of the rules' })
  @ApiOkResponse({ type: PolicyListResponse })
  @Problems('cursor-invalid')
  async list(@Query() query: PageQuery): Promise<Page<PolicySummaryResponse>> {
    const { items, next } = await this.policies.list(query);
    return { items: items.map((item) => PolicySummaryResponse.of(item)), next };
  }

  /** JSON Schema of a pack's file, for editors and other programs. */
  @Get('schema')
  @Public()
  @ApiOperation({ summary: '规则包的 JSON Schema（公开） JSON Schema of a pack, open to everyone' })
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  @Problems()
  schema(): object {
    return publishedSchema();
  }

  /** A version with all it says and everything that happened to it. */
  @Get(':policyVersion')
  @Roles('registrar', 'auditor', 'administrator')
  @ApiOperation({ summary: '查看规则版本 Read a version of the rules' })
  @ApiOkResponse({ type: PolicyResponse })
  @Problems('policy-unknown')
  async show(@Param('policyVersion', PolicyVersionName) policyVersion: string): Promise<PolicyResponse> {
    return PolicyResponse.of(await this.policies.find(policyVersion));
  }

  /** A version, or its rules of one code, in plain Chinese and English. Learners and providers read what is published. */
  @Get(':policyVersion/explanation')
  @Roles('learner', 'provider', 'registrar', 'auditor', 'administrator')
  @ApiOperation({ summary: '用白话解释规则 Explain the rules in plain words' })
  @ApiOkResponse({ type: ExplanationResponse })
  @Problems('policy-unknown', 'policy-rule-unknown')
  async explain(
    @FromCaller() caller: Caller,
    @Param('policyVersion', PolicyVersionName) policyVersion: string,
    @Query() { code }: ExplanationQuery,
  ): Promise<ExplanationResponse> {
    const pack = await this.policies.packFor(caller, policyVersion);
    const rules = code === undefined ? explainPack(pack) : explainCode(pack, code);
    if (rules.length === 0)
      throw new Refusal('policy-rule-unknown', {
        ...{ policyVersion, rule: code ?? '' },
        codes: explainedCodes(pack).join(', '),
      });
    return ExplanationResponse.of(policyVersion, rules);
  }
}
