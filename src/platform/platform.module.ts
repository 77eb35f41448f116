import { type DynamicModule, Global, Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { Clock } from '../kernel/clock.js';
import { AuthGuard } from './auth/auth.guard.js';
import { ApiKeysController } from './auth/api-keys.controller.js';
import { ApiKeys } from './auth/api-keys.service.js';
import { IssueApiKey } from './auth/issue-api-key.service.js';
import { RevokeApiKey } from './auth/revoke-api-key.service.js';
import { Config } from './config/config.js';
import { Reader, type Database } from './database/data-sources.js';
import { Writer } from './database/writer.js';
import { HealthController } from './health/health.controller.js';
import { bodyValidation } from './http/body-validation.js';
import { OnceWriter } from './idempotency/once-writer.service.js';
import { LongRuns } from './long-runs/long-runs.service.js';
import { Metrics } from './metrics/metrics.js';
import { ProblemFilter } from './problems/problem.filter.js';
import { ProblemsController } from './problems/problems.controller.js';

const OPEN_DATABASE = Symbol('open database');

/** What the composition root has opened before Nest starts. */
export interface PlatformParts {
  config: Config;
  clock: Clock;
  database: Database;
  metrics: Metrics;
}

/** The platform under every feature; it knows none of them. */
@Global()
@Module({})
export class PlatformModule implements OnApplicationShutdown {
  constructor(@Inject(OPEN_DATABASE) private readonly database: Database) {}

  /** The platform on what the composition root has opened. */
  static with({ config, clock, database, metrics }: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      controllers: [HealthController, ProblemsController, ApiKeysController],
      providers: [
        { provide: OPEN_DATABASE, useValue: database },
        { provide: Config, useValue: config },
        { provide: Clock, useValue: clock },
        { provide: Writer, useValue: database.writer },
        { provide: Reader, useValue: database.reader },
        { provide: Metrics, useValue: metrics },
        { provide: APP_PIPE, useFactory: bodyValidation },
        { provide: APP_GUARD, useClass: AuthGuard },
        { provide: APP_FILTER, useClass: ProblemFilter },
        ApiKeys,
        IssueApiKey,
        RevokeApiKey,
        OnceWriter,
        LongRuns,
      ],
      exports: [Config, Clock, Writer, Reader, Metrics, ApiKeys, OnceWriter, LongRuns],
    };
  }

  /** Runs after the server has answered the last request: only then may the book be closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
  }
}
