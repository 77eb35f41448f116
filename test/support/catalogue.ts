import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type supertest from 'supertest';
import { Clock } from '../../src/kernel/clock.js';
import type { Role } from '../../src/platform/auth/caller.js';
import { Writer } from '../../src/platform/database/writer.js';
import { CatalogueLoader, type CatalogueRows, type FileRow } from '../../src/providers/providers.port.js';
import { TestApp } from './app.js';
import { seedUnits } from './learners.js';

/** Rows of one of the files in fixtures/taiyuan. */
export function fixtureRows<F extends keyof CatalogueRows>(file: F): FileRow<F>[] {
  return parse(readFileSync(`fixtures/taiyuan/${file}.csv`), { columns: true, bom: true });
}

/** Loads rows as the file loader does, in one transaction. */
export function loadRows({ app }: TestApp, rows: CatalogueRows): ReturnType<CatalogueLoader['loadCatalogue']> {
  return app
    .get(Writer)
    .write((transaction) => app.get(CatalogueLoader).loadCatalogue(transaction, rows, app.get(Clock).nowMs()));
}

/** The whole sample catalogue: 137 units, 50 providers, 41 courses, 117 sessions. */
export function fixtureCatalogue(): Required<CatalogueRows> {
  return {
    units: fixtureRows('units'),
    providers: fixtureRows('providers'),
    courses: fixtureRows('courses'),
    sessions: fixtureRows('sessions'),
  };
}

/** Body of an answer, whatever is in it. */
export function bodyOf(response: supertest.Response): Record<string, unknown> {
  return response.body as Record<string, unknown>;
}

export const PROVIDER = {
  code: 'SQXY-YZ',
  name: '示例迎泽区社区学院',
  type: 'COMMUNITY_COLLEGE',
  unitCode: '140106',
  approvedFrom: '2013-01-01',
};
export const COURSE = {
  title: '养生有道',
  creditType: 'leisure',
  activityType: 'DAILY_CLASS',
  plannedMinutes: 90,
  plannedSessions: 40,
  capacity: 40,
  approvedFrom: '2023-09-01',
};
export const SESSION = {
  startsAt: '2024-06-03T09:00:00+08:00',
  endsAt: '2024-06-03T10:30:00+08:00',
  place: '柳巷街道示例社区甲分校教室',
  unitCode: '140106001901',
};

/** A bank with a few units, two providers and a course of each, and a key of every role; the provider's is the first one's. */
export class CatalogueApp {
  private constructor(
    readonly bank: TestApp,
    readonly keys: Record<Role, string>,
    readonly providerId: string,
    readonly courseId: string,
    readonly otherCourseId: string,
  ) {}

  static async start(): Promise<CatalogueApp> {
    const bank = await TestApp.start();
    await seedUnits(bank);
    const registrar = await bank.key('registrar');
    const create = async (path: string, body: object) =>
      (await bank.post(`/api/v1/${path}`, registrar, body).expect(201)).body as Record<string, string>;
    const { providerId } = await create('providers', PROVIDER);
    const { providerId: otherId } = await create('providers', { ...PROVIDER, code: 'SQXY-XD' });
    const { courseId } = await create('courses', { ...COURSE, code: 'TTKT-YZ-1', providerId });
    const { courseId: otherCourseId } = await create('courses', { ...COURSE, code: 'TTKT-XD-1', providerId: otherId });
    const keys = {
      learner: await bank.key('learner', { learnerId: randomUUID() }),
      provider: await bank.key('provider', { providerId }),
      registrar,
      auditor: await bank.key('auditor'),
      administrator: await bank.key('administrator'),
    };
    return new CatalogueApp(bank, keys, providerId!, courseId!, otherCourseId!);
  }

  stop(): Promise<void> {
    return this.bank.stop();
  }

  /** Creates something, or adds a version whatever the last one is, and returns the answer. */
  async create(path: string, body: object, key = this.keys.registrar): Promise<Record<string, string>> {
    const answer = await this.bank.post(`/api/v1/${path}`, key, body).set('If-Match', '*').expect(201);
    return answer.body as Record<string, string>;
  }

  /** All codes of a list, two at a time, following the Link header to the end. */
  async walk(path: string, key = this.keys.registrar): Promise<string[]> {
    const codes: string[] = [];
    let next: string | undefined = `${path}${path.includes('?') ? '&' : '?'}limit=2`;
    while (next) {
      const page: supertest.Response = await this.bank.get(next, key).expect(200);
      const body = page.body as { items: { code: string }[]; next: string | null };
      expect(body.items.length).toBeLessThanOrEqual(2);
      codes.push(...body.items.map(({ code }) => code));
      next = /^<(.*)>; rel="next"$/.exec(page.headers['link'] ?? '')?.[1];
      expect(next === undefined).toBe(body.next === null);
    }
    return codes;
  }
}
