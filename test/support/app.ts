import { randomUUID } from 'node:crypto';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import supertest from 'supertest';
import { createApp } from '../../src/create-app.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.service.js';
import type { Role } from '../../src/platform/auth/caller.js';
import type { Dialect } from '../../src/platform/database/columns.js';
import { readConfig } from '../../src/platform/config/config.js';
import { TestClock } from './clock.js';
import { newLocation } from './databases.js';

/** The real application on an empty bank, with a clock the test holds. */
export class TestApp {
  private constructor(
    readonly app: NestFastifyApplication,
    readonly clock: TestClock,
    private readonly removeBank: () => Promise<void>,
  ) {}

  static async start(dialect: Dialect = 'sqlite', environment: Record<string, string> = {}): Promise<TestApp> {
    const { location, remove } = await newLocation(dialect);
    const clock = new TestClock();
    const config = readConfig({
      LOG_LEVEL: 'silent',
      PORT: '0',
      IDENTITY_KEY: '0f'.repeat(32),
      ...(location.databaseUrl ? { DATABASE_URL: location.databaseUrl } : { DATABASE_FILE: location.databaseFile }),
      ...environment,
    });
    const app = await createApp(config, clock);
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return new TestApp(app, clock, remove);
  }

  async stop(): Promise<void> {
    await this.app.close();
    await this.removeBank();
  }

  /** A key of this role, as text for `Authorization: Bearer`. */
  async key(role: Role, owner: { providerId?: string; learnerId?: string } = {}): Promise<string> {
    return (await this.app.get(ApiKeys).issue({ role, label: 'test', ...owner })).key;
  }

  get(path: string, key?: string): supertest.Test {
    const request = supertest(this.app.getHttpServer()).get(path);
    return key ? request.set('Authorization', `Bearer ${key}`) : request;
  }

  /** A write under a fresh idempotency key unless one is given. */
  post(path: string, key: string | undefined, body: object, onceKey: string = randomUUID()): supertest.Test {
    const request = supertest(this.app.getHttpServer()).post(path).set('Idempotency-Key', onceKey);
    return (key ? request.set('Authorization', `Bearer ${key}`) : request).send(body);
  }
}
