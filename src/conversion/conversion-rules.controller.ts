import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public } from '../platform/auth/roles.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BrowseRules } from './browse-rules.service.js';
import { ConversionRuleResponse } from './conversion-rule.response.js';
import { RulesQuery } from './conversion.request.js';

/** Which credit becomes which, for everybody to read (Hong Kong's public register; GAO-17-574). */
@ApiTags('conversion')
@Controller('api/v1/conversion-rules')
export class ConversionRulesController {
  constructor(private readonly rules: BrowseRules) {}

  /** Rules of the policy in force, by what they take and what they give. */
  @Get()
  @Public()
  @ApiOperation({ summary: '转换规则（公开） Rules of conversion, for everybody' })
  @ApiOkResponse({ type: [ConversionRuleResponse] })
  @Problems('credit-type-unknown', 'policy-not-in-force')
  async list(@Query() query: RulesQuery): Promise<ConversionRuleResponse[]> {
    return (await this.rules.list(query)).map(ConversionRuleResponse.of);
  }

  /** One rule with its record. */
  @Get(':code')
  @Public()
  @ApiOperation({ summary: '一条转换规则（公开） One rule of conversion, for everybody' })
  @ApiOkResponse({ type: ConversionRuleResponse })
  @Problems('not-found', 'policy-not-in-force')
  async one(@Param('code') code: string): Promise<ConversionRuleResponse> {
    return ConversionRuleResponse.of(await this.rules.one(code));
  }
}
