import { createHash } from 'node:crypto';
import { applyDecorators, createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { sha256Hex } from '../../kernel/canonical-json.js';
import { Refusal } from '../../kernel/refusal.js';
import { idempotencyScope } from '../auth/caller.js';
import type { AuthenticatedRequest } from '../auth/roles.js';
import { Problems } from '../problems/problems.decorator.js';
import type { OnceKey } from './idempotency.store.js';

/** Printable ASCII without spaces; long enough not to meet by chance, short enough to index. */
const KEY = /^[\x21-\x7e]{8,128}$/;

/** What a key of an upload is bound to: the file, whatever form or address it came in. */
export function hashContent(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}

/** The `Idempotency-Key` of a write, bound to its caller, route and body. Refuses when it is missing or misspelt. */
export const FromOnce = createParamDecorator((_: unknown, context: ExecutionContext): OnceKey => {
  const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
  const key = request.headers['idempotency-key'];
  if (key === undefined) throw new Refusal('idempotency-key-missing');
  if (typeof key !== 'string' || !KEY.test(key)) throw new Refusal('idempotency-key-invalid');
  if (!request.caller) throw new TypeError('A route with an idempotency key must name its roles');
  const { body } = request;
  const bodyHash = Buffer.isBuffer(body)
    ? hashContent(body)
    : sha256Hex(`${request.method} ${request.url}\n${JSON.stringify(body ?? null)}`);
  return { scope: idempotencyScope(request.caller), key, bodyHash };
});

/** Documents the header of a write in OpenAPI, and what is refused because of it. */
export const TakesOnceKey = () =>
  applyDecorators(
    ApiHeader({
      name: 'Idempotency-Key',
      required: true,
      description:
        '客户端先保存再发送的键；同键同内容返回首次答复 Made and kept by the client before sending: twice is once',
      schema: { type: 'string', minLength: 8, maxLength: 128, example: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e' },
    }),
    Problems('idempotency-key-missing', 'idempotency-key-invalid', 'idempotency-key-reused'),
  );
