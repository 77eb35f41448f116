import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { type Clock, SystemClock } from './kernel/clock.js';
import { Config } from './platform/config/config.js';
import { openDatabase } from './platform/database/data-sources.js';
import { createAdapter, createLogger, prepareServer } from './platform/http/http-server.js';
import { serveOpenApi } from './platform/http/openapi.js';
import { Metrics } from './platform/metrics/metrics.js';
import { SCHEMA } from './schema.js';

/** Opens the bank's database and builds the application on it; the caller listens, uses or closes it. */
export async function createApp(config: Config, clock: Clock = new SystemClock()): Promise<NestFastifyApplication> {
  const database = await openDatabase(
    { databaseUrl: config.DATABASE_URL, databaseFile: config.DATABASE_FILE, poolSize: config.DATABASE_POOL },
    SCHEMA,
  );
  const metrics = new Metrics();
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with({ config, clock, database, metrics }),
    createAdapter(config, createLogger(config)),
    // Drafts of rules are looked through for fields that stand twice, of which parsed JSON has kept the last.
    { logger: ['fatal', 'error', 'warn'], abortOnError: false, rawBody: true },
  );
  await prepareServer(app, config);
  serveOpenApi(app);
  return app;
}
