/** Who may do what is said on every route; nothing is open unless it says so. */
export const ROLES = ['learner', 'provider', 'registrar', 'auditor', 'administrator'] as const;
/** What a caller is to the bank; a key has exactly one. */
export type Role = (typeof ROLES)[number];

/** Who is asking, as proved by an API key. */
export interface Caller {
  /** The key itself: written as the actor of everything it does. */
  keyId: string;
  role: Role;
  /** Set for the role `provider`. */
  providerId: string | null;
  /** Set for the role `learner`. */
  learnerId: string | null;
  /** Since when the person has worked in their trade without a break, where the key is that of an expert. */
  expertSince?: string | null;
}

/** Whose idempotency keys these are. A provider or learner keeps them when their API key is replaced. */
export function idempotencyScope(caller: Caller): string {
  return caller.providerId ?? caller.learnerId ?? caller.keyId;
}
