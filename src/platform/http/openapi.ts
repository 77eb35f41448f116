import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { renderDocsPage } from './docs-page.js';

const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 问题详情；code 稳定，每个代码在 /problems/{code} 有说明页 Problem details with a stable code',
  required: ['type', 'title', 'titleEn', 'status', 'code', 'detail', 'detailEn'],
  properties: {
    type: { type: 'string', example: '/problems/insufficient-credit' },
    title: { type: 'string', example: '学分余额不足' },
    titleEn: { type: 'string', example: 'Not enough credit' },
    status: { type: 'integer', example: 409 },
    code: { type: 'string', example: 'insufficient-credit' },
    detail: { type: 'string' },
    detailEn: { type: 'string' },
    instance: { type: 'string', example: 'urn:uuid:0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' },
    errors: {
      type: 'array',
      description:
        '全部错误；problem 的 code 是第一条的代码 Everything that is wrong at once; the code of the problem is that of the first',
      items: {
        type: 'object',
        required: ['pointer', 'code', 'detail'],
        properties: {
          pointer: { type: 'string' },
          code: { type: 'string' },
          detail: { type: 'string' },
          line: { type: 'integer', description: '文件行号 Line of the file, where it is one' },
          column: { type: 'integer' },
        },
      },
    },
  },
} as const;

/** The OpenAPI document of the application. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const options = new DocumentBuilder()
    .setTitle('终身学习学分银行 Lifelong Learning Credit Bank')
    .setDescription(
      '学分以十进制文本表示（"12.50"），学时以整数秒表示，时刻为 UTC。Credit is decimal text, study time whole seconds, instants UTC.',
    )
    .setVersion('1')
    .setLicense('Apache-2.0', 'https://www.apache.org/licenses/LICENSE-2.0')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'API 密钥 API key: cbk_…' }, 'bearer')
    .addSecurityRequirements('bearer')
    .build();
  const document = SwaggerModule.createDocument(app, options, {
    operationIdFactory: (controller, method) => `${controller.replace(/Controller$/, '')}_${method}`,
  });
  describeSheets(document);
  document.components ??= {};
  document.components.schemas = { ...document.components.schemas, Problem: PROBLEM_SCHEMA as never };
  return document;
}

/** A decorator has one shape for all content types of a body; a sheet that is the body itself is text, not a form. */
function describeSheets(document: OpenAPIObject): void {
  for (const item of Object.values(document.paths)) {
    const body = item.post?.requestBody;
    if (!body || !('content' in body) || !body.content['text/csv']) continue;
    body.content['text/csv'] = {
      schema: { type: 'string', description: '考勤表，UTF-8 或 GB18030 The sheet itself, UTF-8 or GB18030' },
    };
  }
}

/**
 * Serves the document at `/api/openapi.json` and as a page at `/api/docs`, open to everyone. The page is our own: it
 * needs no script and no third-party assets, so the content security policy stays closed.
 */
export function serveOpenApi(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  let document: OpenAPIObject | undefined;
  const describe = () => (document ??= describeApi(app));
  fastify.get('/api/openapi.json', (_request, reply) => reply.send(describe()));
  fastify.get('/api/docs', (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(renderDocsPage(describe())),
  );
}
