import { ArgumentsHost, Catch, type ExceptionFilter, HttpException, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId } from '../../kernel/ids.js';
import { Clock } from '../../kernel/clock.js';
import { Refusal, type RefusalCode } from '../../kernel/refusal.js';
import { ReplayedRefusal } from '../idempotency/receipt.js';
import { Metrics } from '../metrics/metrics.js';
import { renderProblemPage } from './problem-page.js';
import { toProblem } from './problem.js';

/** Errors of the framework itself that have a code of ours. */
const FRAMEWORK_ERRORS: Record<string, RefusalCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_JSON_BODY: 'malformed-json',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'malformed-json',
  FST_REQ_FILE_TOO_LARGE: 'body-too-large',
  FST_INVALID_MULTIPART_CONTENT_TYPE: 'unsupported-media-type',
};
const HTTP_STATUS: Record<number, RefusalCode> = {
  400: 'malformed-json',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'not-found',
  413: 'body-too-large',
  415: 'unsupported-media-type',
};

/** Turns everything that is thrown into a problem. Only unexpected errors are logged, under the instance they show. */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly clock: Clock,
    private readonly metrics: Metrics,
  ) {}

  /** Answers as JSON, or as a page to who asked for one. */
  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const refusal = toRefusal(error);
    const instance = `urn:uuid:${newId(this.clock.nowMs())}`;
    const problem = toProblem(refusal, instance);
    this.metrics.countRefusal(refusal.code);
    if (refusal.code === 'internal-error')
      request.log.error({ instance, err: withoutValues(error) }, 'unexpected error');
    if (error instanceof ReplayedRefusal) void reply.header('Idempotency-Replayed', 'true');
    const { retryAfterSeconds } = refusal.details;
    if (typeof retryAfterSeconds === 'number') void reply.header('Retry-After', String(retryAfterSeconds));
    if (refusal.code === 'unauthenticated') void reply.header('WWW-Authenticate', challenge(request));
    if (wantsPage(request)) {
      void reply.status(problem.status).type('text/html; charset=utf-8').send(renderProblemPage(problem));
      return;
    }
    void reply.status(problem.status).type('application/problem+json; charset=utf-8').send(JSON.stringify(problem));
  }
}

function toRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  const code = FRAMEWORK_ERRORS[(error as { code?: string } | null)?.code ?? ''];
  if (code) return new Refusal(code);
  const status =
    error instanceof HttpException ? error.getStatus() : (error as { statusCode?: number } | null)?.statusCode;
  const known = status === undefined ? undefined : HTTP_STATUS[status];
  return new Refusal(known ?? (status !== undefined && status < 500 ? 'malformed-json' : 'internal-error'));
}

/** Message and stack, but not a query's parameters: they may hold personal data. */
function withoutValues(error: unknown): { name: string; message: string; stack?: string } {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { name, message, stack };
}

/** A browser asks for pages; it gets the sentence as a page and, when it has no key, its own dialogue for one. */
function wantsPage(request: FastifyRequest): boolean {
  return !request.url.startsWith('/api/') && (request.headers.accept ?? '').includes('text/html');
}

function challenge(request: FastifyRequest): string {
  return wantsPage(request) ? 'Basic realm="credit bank", charset="UTF-8"' : 'Bearer';
}
