import { Controller, Get, Header } from '@nestjs/common';
import { ApiExcludeEndpoint, ApiOperation, ApiTags } from '@nestjs/swagger';
import { Public, Roles } from '../auth/roles.js';
import { Reader } from '../database/data-sources.js';
import { Metrics } from '../metrics/metrics.js';
import { STYLE } from '../pages/style.js';

/** Whether the process runs and can answer, and what it counts. */
@ApiTags('operation')
@Controller()
export class HealthController {
  constructor(
    private readonly reader: Reader,
    private readonly metrics: Metrics,
  ) {}

  /** The process runs. */
  @Get('health/live')
  @Public()
  @ApiOperation({ summary: '进程存活 The process runs' })
  live(): { status: string } {
    return { status: 'ok' };
  }

  /** The database answers. */
  @Get('health/ready')
  @Public()
  @ApiOperation({ summary: '可以服务 The database answers' })
  async ready(): Promise<{ status: string }> {
    await this.reader.sql.rows('select 1 as one');
    return { status: 'ok' };
  }

  /** Prometheus text: entries posted, refusals by code, queue depth, commit batch size and time. */
  @Get('metrics')
  @Roles('auditor', 'administrator')
  @Header('Content-Type', 'text/plain; version=0.0.4; charset=utf-8')
  @ApiOperation({ summary: '运行指标 Prometheus metrics' })
  scrape(): Promise<string> {
    return this.metrics.registry.metrics();
  }

  @Get(STYLE.path.slice(1))
  @Public()
  @Header('Content-Type', 'text/css; charset=utf-8')
  @Header('Cache-Control', 'public, max-age=31536000, immutable')
  @ApiExcludeEndpoint()
  style(): string {
    return STYLE.text;
  }
}
