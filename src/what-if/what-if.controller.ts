import { Readable } from 'node:stream';
import { Body, Controller, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Refusal } from '../kernel/refusal.js';
import { Roles } from '../platform/auth/roles.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { toProblem } from '../platform/problems/problem.js';
import type { PolicyPack } from '../policy/domain/policy-pack.js';
import { fieldErrorsOf, PolicyPackError } from '../policy/policy.port.js';
import { readPolicyPack } from '../policy/domain/read-policy-pack.js';
import { toReportJson } from './report-text.js';
import { requirePeriod, type Period } from './domain/period.js';
import { WhatIf } from './what-if.service.js';
import { WhatIfRequest } from './what-if.request.js';

/** Rules are tried before they are published. */
@ApiTags('policies')
@Controller('api/v1')
export class WhatIfController {
  constructor(private readonly whatIf: WhatIf) {}

  /** Who would gain and who would lose under a draft. Writes nothing; answers line by line while it works. */
  @Post('policies/what-if')
  @HttpCode(200)
  @Roles('registrar', 'administrator')
  @ApiOperation({ summary: '规则试算（不写入） Try a draft of the rules on a past period' })
  @ApiOkResponse({
    description:
      '每行一个 JSON：progress 若干行，最后一行 report（或 problem）；report 按学分类型、单位、年龄段列出得失，conversions、points、awards 说明转换、积分、证书的试算结果，notLookedAt 按类型说明期间内未参与试算的分录 One JSON a line: progress, at last the report (or a problem). The report says who gains and loses by credit type, unit and age; conversions, points and awards say what became of those, and notLookedAt counts the entries of the period, by kind, that the draft was not tried on',
    content: { 'application/x-ndjson': { schema: { type: 'string' } } },
  })
  @Problems('policy-pack-wrong', 'unsupported-media-type')
  run(@Body() { pack, from, to }: WhatIfRequest): StreamableFile {
    const period = { from, to };
    requirePeriod(period);
    const lines = this.lines(readDraft(pack), period);
    return new StreamableFile(Readable.from(lines), { type: 'application/x-ndjson; charset=utf-8' });
  }

  private async *lines(draft: PolicyPack, period: Period): AsyncGenerator<string> {
    try {
      for await (const line of this.whatIf.run(draft, period)) {
        yield `${JSON.stringify('report' in line ? { report: toReportJson(line.report) } : line)}\n`;
      }
    } catch (error) {
      // The status has been sent: the last line says what happened.
      const refusal = error instanceof Refusal ? error : new Refusal('internal-error');
      yield `${JSON.stringify({ problem: toProblem(refusal) })}\n`;
    }
  }
}

/** A draft, or `policy-pack-wrong` with every mistake at its place. */
function readDraft(content: unknown): PolicyPack {
  try {
    return readPolicyPack(content);
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    throw new Refusal('policy-pack-wrong', { count: error.mistakes.length, errors: fieldErrorsOf(error, '/pack') });
  }
}
