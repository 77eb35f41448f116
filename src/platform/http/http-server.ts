import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { type FastifyReply, LogController } from 'fastify';
import { pino, type Logger } from 'pino';
import { newId } from '../../kernel/ids.js';
import type { Config } from '../config/config.js';
import { Receipt } from '../idempotency/receipt.js';
import { toProblem } from '../problems/problem.js';

const REQUEST_ID = /^[\w-]{8,64}$/;

/** On every answer: it is what it says it is, and no other site may read or frame it. */
const HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/**
 * On pages besides: nothing is loaded but our own style and pictures, no script at all, no address is passed on. Written
 * once, because working them out for every answer cost a twentieth of a posting.
 */
const PAGE_HEADERS = {
  ...HEADERS,
  'Content-Security-Policy':
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=31536000; includeSubDomains',
  'X-Frame-Options': 'DENY',
};

/**
 * JSON logs without personal data: a request is named by its route pattern, never by its address, and headers and
 * bodies are not logged at all.
 */
export function createLogger(config: Config): Logger {
  return pino({ level: config.LOG_LEVEL, base: null, serializers: { req: () => undefined, res: () => undefined } });
}

/** Fastify under Nest, with limits on everything a stranger can send. */
export function createAdapter(config: Config, logger: Logger): FastifyAdapter {
  return new FastifyAdapter({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    bodyLimit: config.BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
    // An address that cannot be read (bad escape, over-long part) names nothing; the default answer would repeat it.
    frameworkErrors: (_error: unknown, _request: unknown, reply: FastifyReply) => {
      void reply
        .status(404)
        .type('application/problem+json; charset=utf-8')
        .send(JSON.stringify(toProblem({ code: 'not-found', details: {} })));
    },
    requestTimeout: 60_000,
    keepAliveTimeout: 10_000,
    forceCloseConnections: 'idle',
    genReqId: (request: { headers: Record<string, unknown> }) => {
      const given = request.headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : newId(Date.now());
    },
  });
}

/** Adds what every answer has: security headers, the request id, and the mark of a first answer given again. */
export async function prepareServer(app: NestFastifyApplication, config: Config): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  await fastify.register(multipart, { limits: { fileSize: config.UPLOAD_LIMIT, files: 1, fields: 10 } });
  fastify.addContentTypeParser(
    ['text/csv', 'application/octet-stream', 'application/yaml', 'application/x-yaml', 'text/yaml', 'text/x-yaml'],
    { parseAs: 'buffer', bodyLimit: config.UPLOAD_LIMIT },
    (_request, body, done) => done(null, body),
  );
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.url.startsWith('/api/v1/') ? HEADERS : PAGE_HEADERS);
    reply.header('X-Request-Id', request.id);
    done();
  });
  fastify.addHook('preSerialization', (_request, reply, payload, done) => {
    if (!(payload instanceof Receipt)) return done(null, payload);
    if (payload.replayed) reply.header('Idempotency-Replayed', 'true');
    done(null, payload.answer);
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
}
