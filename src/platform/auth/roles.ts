import { createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Caller, Role } from './caller.js';

/** Where a route keeps the roles it names, for the guard and for the tests that read them. */
export const ROLES_METADATA = 'bank:roles';

/** Who may call a route. A route that says neither this nor `@Public()` is refused to everyone. */
export const Roles = (...roles: Role[]) => SetMetadata(ROLES_METADATA, roles);

/** Open to strangers: only verification, health and documentation say this. */
export const Public = () => SetMetadata(ROLES_METADATA, 'public');

/** A request after the guard has seen it. */
export interface AuthenticatedRequest extends FastifyRequest {
  caller?: Caller;
}

/** The caller of this request. */
export const FromCaller = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<AuthenticatedRequest>();
  if (!caller) throw new TypeError('A route with a caller must name its roles');
  return caller;
});
