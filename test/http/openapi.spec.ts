import { readFileSync } from 'node:fs';
import type { OpenAPIObject } from '@nestjs/swagger';
import { describeApi } from '../../src/platform/http/openapi.js';
import { PROBLEMS } from '../../src/platform/problems/problem-catalogue.js';
import { TestApp } from '../support/app.js';
import type { Body } from '../support/learners.js';

interface Answer {
  content?: Record<string, { schema?: object; examples?: Record<string, { value: Body }> }>;
}
interface Operation {
  name: string;
  summary?: string;
  parameters?: { name: string; in: string; description?: string }[];
  requestBody?: { content: Record<string, { schema?: object }> };
  responses: Record<string, Answer>;
}

/** Operations as one list, under `GET /path`. */
function operationsOf(document: OpenAPIObject): Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item as Record<string, Operation>).map(([method, operation]) => ({
      ...operation,
      name: `${method.toUpperCase()} ${path}`,
    })),
  );
}

describe('the API document', () => {
  let bank: TestApp;
  let document: OpenAPIObject;
  let operations: Operation[];
  beforeAll(async () => {
    bank = await TestApp.start();
    document = describeApi(bank.app);
    operations = operationsOf(document);
  });
  afterAll(() => bank.stop());

  it('is the one in openapi.json', () => {
    const written: unknown = JSON.parse(readFileSync('openapi.json', 'utf8'));
    const served: unknown = JSON.parse(JSON.stringify(document));
    try {
      expect(written).toEqual(served);
    } catch (difference) {
      throw new Error(`openapi.json is not the document of this code: run "npm run openapi"\n${String(difference)}`);
    }
  });

  it('is served to everyone as it is', async () => {
    const answer = await bank.get('/api/openapi.json').expect(200);
    expect(answer.body).toEqual(JSON.parse(JSON.stringify(document)));
    expect((await bank.get('/api/docs').expect(200)).text).toContain('/api/v1/sessions/{sessionId}/attendance');
  });

  it('names every operation in both languages', () => {
    for (const { name, summary } of operations)
      expect([name, summary]).toEqual([name, expect.stringMatching(/[\u4e00-\u9fff].* [A-Za-z ]{4,}/) as string]);
  });

  it('has the shape of every good answer and of every body', () => {
    expect(operations.length).toBeGreaterThan(45);
    for (const { name, responses, requestBody } of operations) {
      const good = Object.entries(responses).filter(([status]) => status.startsWith('2'));
      expect([name, good.length > 0]).toEqual([name, true]);
      for (const [status, { content }] of good) {
        const shapes = Object.values(content ?? {}).map(({ schema }) => schema);
        expect([name, status, status === '204' || (shapes.length > 0 && !shapes.includes(undefined))]).toEqual([
          name,
          status,
          true,
        ]);
      }
      for (const { schema } of Object.values(requestBody?.content ?? {}))
        expect([name, typeof schema]).toEqual([name, 'object']);
    }
  });

  it('has the shape of a sheet sent as a form and of one sent as it is', () => {
    const { content } = operations.find(({ name }) => name === 'POST /api/v1/attendance-imports')!.requestBody!;
    expect(content).toMatchObject({
      'multipart/form-data': { schema: { type: 'object', properties: { file: { format: 'binary' } } } },
      'text/csv': { schema: { type: 'string' } },
    });
  });

  it('has an example of every refusal, as the bank would say it', () => {
    for (const { name, responses } of operations.filter((operation) => operation.name.includes('/api/v1/'))) {
      const bad = Object.entries(responses).filter(([status]) => status.startsWith('4'));
      expect([name, bad.map(([status]) => status)]).toEqual([name, expect.arrayContaining(['400'])]);
      for (const [status, { content }] of bad) {
        const examples = Object.entries(content!['application/problem+json']!.examples!);
        expect(examples.length).toBeGreaterThan(0);
        for (const [code, { value }] of examples) {
          expect(value).toMatchObject({ code, type: `/problems/${code}`, status: Number(status) });
          expect(Object.keys(PROBLEMS)).toContain(code);
        }
      }
    }
  });

  it('asks every write for its idempotency key', () => {
    const reads = [
      'POST /api/v1/conversions/advice',
      'POST /api/v1/conversions/quote',
      'POST /api/v1/learners/lookup',
      'POST /api/v1/policies/what-if',
      'POST /api/v1/programmes/{code}/plan',
    ];
    for (const { name, parameters = [] } of operations.filter((operation) => !operation.name.startsWith('GET'))) {
      const isAsked = parameters.some((parameter) => parameter.name === 'Idempotency-Key' && parameter.in === 'header');
      expect([name, isAsked]).toEqual([name, !reads.includes(name)]);
    }
  });

  it('leads nowhere else: every reference is in it, and every shape is used', () => {
    const text = JSON.stringify(document);
    const references = new Set([...text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name));
    const shapes = Object.keys(document.components?.schemas ?? {});
    expect(shapes.filter((name) => !references.has(name))).toEqual([]);
    expect([...references].filter((name) => !shapes.includes(name!))).toEqual([]);
    expect([...text.matchAll(/"\$ref":"(?!#\/components\/schemas\/)/g)]).toEqual([]);
  });

  it('gives every operation a name of its own', () => {
    const names = operations.map((operation) => (operation as unknown as { operationId: string }).operationId);
    expect(new Set(names).size).toBe(operations.length);
  });
});
