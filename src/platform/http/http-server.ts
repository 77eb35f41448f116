import helmet from '@fastify/helmet';
import multipart from '@fastify/multipart';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { LogController } from 'fastify';
import { pino, type Logger } from 'pino';
import { newId } from '../../kernel/ids.js';
import type { Config } from '../config/config.js';
import { Receipt } from '../idempotency/receipt.js';

const REQUEST_ID = /^[\w-]{8,64}$/;

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
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: config.BODY_LIMIT,
    routerOptions: { maxParamLength: 200 },
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
  await fastify.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
  });
  await fastify.register(multipart, { limits: { fileSize: config.UPLOAD_LIMIT, files: 1, fields: 10 } });
  fastify.addContentTypeParser(
    ['text/csv', 'application/octet-stream'],
    { parseAs: 'buffer', bodyLimit: config.UPLOAD_LIMIT },
    (_request, body, done) => done(null, body),
  );
  fastify.addHook('onRequest', (request, reply, done) => {
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
        requestId: request.id,
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
