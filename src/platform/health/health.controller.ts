import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOkResponse, ApiOperation, ApiProduces, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Public, Roles } from '../auth/roles.js';
import { Reader } from '../database/data-sources.js';
import { Metrics } from '../metrics/metrics.js';
import { STYLE } from '../pages/style.js';
import { Problems } from '../problems/problems.decorator.js';

/** That it is well. When it is not, the answer is a problem or none. */
export class HealthResponse {
  @ApiProperty({ enum: ['ok'], example: 'ok' })
  status!: 'ok';
}

/** Whether the process runs and can answer, and what it counts. */
@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    private readonly reader: Reader,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs; says nothing of the database. */
  @Get('health/live')
  @Public()
  @ApiOperation({ summary: '进程存活 The process runs' })
  @ApiOkResponse({ type: HealthResponse })
  live(): HealthResponse {
    return { status: 'ok' };
  }

  /** The database answers. Any other answer than 200 means: send nobody here now. */
  @Get('health/ready')
  @Public()
  @ApiOperation({ summary: '可以服务 The database answers' })
  @ApiOkResponse({ type: HealthResponse })
  async ready(): Promise<HealthResponse> {
    await this.reader.sql.rows('select 1 as one');
    return { status: 'ok' };
  }

  /** Prometheus text: entries posted, refusals by code, queue depth, commit batch size and time. */
  @Get('metrics')
  @Roles('auditor', 'administrator')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: '运行指标 Prometheus metrics' })
  @ApiProduces('text/plain')
  @ApiOkResponse({ content: { 'text/plain': { schema: { type: 'string' } } } })
  @Problems()
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  /** The style sheet of all pages. Its address changes with its content, so browsers may keep it for a year. */
  @Get(STYLE.path.slice(1))
  @Public()
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @ApiExcludeEndpoint()
  style(): string {
    return STYLE.text;
  }
}
