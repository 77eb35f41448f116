import {
  applyDecorators,
  type CallHandler,
  createParamDecorator,
  type ExecutionContext,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Observable, tap } from 'rxjs';
import { Refusal } from '../../kernel/refusal.js';
import { Receipt } from '../idempotency/receipt.js';
import { Problems } from '../problems/problems.decorator.js';

/** Documents the header of an answer that a later change must name. Goes into `headers` of the response's decorator. */
export const ETAG_HEADER = {
  ETag: {
    description: '当前版本的标签；修改时在 If-Match 中带上 Tag of what is on record; name it in If-Match to change it',
    schema: { type: 'string' as const, example: '"3"' },
  },
};

/**
 * Answers with `ETag`: the tag of what the answer shows (RFC 9110 §8.8.3, strong). `tagOf` gives the text between the
 * quotes: printable ASCII that changes with everything a caller may change, and with nothing else.
 */
export function Tagged<T>(tagOf: (answer: T) => string): MethodDecorator {
  const interceptor: NestInterceptor<T | Receipt<T>> = {
    intercept(context: ExecutionContext, handler: CallHandler<T | Receipt<T>>): Observable<T | Receipt<T>> {
      return handler.handle().pipe(
        tap((answer) => {
          const shown = answer instanceof Receipt ? answer.answer : answer;
          void context
            .switchToHttp()
            .getResponse<FastifyReply>()
            .header('ETag', `"${tagOf(shown)}"`);
        }),
      );
    },
  };
  return UseInterceptors(interceptor);
}

/** `If-Match` of a change as it came; what is done with it see `requireIfMatch`. */
export const FromIfMatch = createParamDecorator(
  (_: unknown, context: ExecutionContext): string | undefined =>
    context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'],
);

/**
 * Refuses with `precondition-required` when the header is missing: nobody overwrites what they have not read. To be asked
 * before the idempotency key is used, so that the same request with the header is not answered by the one without.
 */
export function requireIfMatch(given: string | undefined): string {
  if (given === undefined) throw new Refusal('precondition-required');
  return given;
}

/** Documents `If-Match` of a change in OpenAPI, and what is refused because of it. */
export const TakesIfMatch = () =>
  applyDecorators(
    ApiHeader({
      name: 'If-Match',
      required: true,
      description: '读取时得到的 ETag；* 为不论现状 The ETag that was read; * for whatever is there',
      schema: { type: 'string', example: '"3"' },
    }),
    Problems('precondition-required', 'precondition-failed'),
  );

/**
 * Refuses with `precondition-failed` unless `ifMatch` names the tag of what is on record now: `*`, or a list with that
 * very tag (RFC 9110 §13.1.1; a weak tag never matches). To be asked inside the transaction that makes the change.
 */
export function requireMatch(ifMatch: string, tag: string): void {
  const named = ifMatch.split(',').map((part) => part.trim());
  if (!named.includes('*') && !named.includes(`"${tag}"`)) throw new Refusal('precondition-failed');
}
