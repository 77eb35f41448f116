import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal.js';
import { ApiKeys } from './api-keys.service.js';
import type { Role } from './caller.js';
import { ROLES_METADATA, type AuthenticatedRequest } from './roles.js';

/**
 * Lets a request in when its route is public or names the caller's role. Machines send `Authorization: Bearer <key>`;
 * a browser asks for it itself (HTTP Basic, any user name, the key as password), so pages need no script and no cookie.
 */
@Injectable()
export class AuthGuard implements CanActivate {
  constructor(private readonly keys: ApiKeys) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const allowed = rolesOf(context);
    if (allowed === 'public') return true;
    const request = context.switchToHttp().getRequest<AuthenticatedRequest>();
    const key = keyFromHeader(request.headers.authorization);
    const caller = key === null ? null : await this.keys.authenticate(key);
    if (!caller) throw new Refusal('unauthenticated');
    if (!allowed?.includes(caller.role)) throw new Refusal('forbidden', { role: caller.role });
    request.caller = caller;
    return true;
  }
}

function rolesOf(context: ExecutionContext): readonly Role[] | 'public' | undefined {
  return (Reflect.getMetadata(ROLES_METADATA, context.getHandler()) ??
    Reflect.getMetadata(ROLES_METADATA, context.getClass())) as readonly Role[] | 'public' | undefined;
}

function keyFromHeader(header: string | undefined): string | null {
  if (!header) return null;
  if (header.startsWith('Bearer ')) return header.slice(7).trim();
  if (!header.startsWith('Basic ')) return null;
  const decoded = Buffer.from(header.slice(6), 'base64').toString('utf8');
  return decoded.slice(decoded.indexOf(':') + 1);
}
