import type { Caller } from '../platform/auth/caller.js';

/** True when the caller may see and use what belongs to this provider: a provider its own, everybody else all. */
export function isOwn(caller: Caller, providerId: string): boolean {
  return caller.role !== 'provider' || caller.providerId === providerId;
}
