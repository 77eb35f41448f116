import { Injectable } from '@nestjs/common';
import { endOfDayMs } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import type { Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import { isOwn } from './ownership.js';
import { keyOfCursor, limitOf, toPage, type Page, type PageKey } from '../platform/http/paging.js';
import type { ListSessionsQuery } from './list-sessions.request.js';
import { toSessionResponse, type SessionResponse } from './session.response.js';
import { listSessions, readSession, type SessionFilter } from './session.store.js';

const DAY_MS = 86_400_000;

function isSessionKey(key: PageKey): key is [number, string] {
  const [startsAt, sessionId] = key;
  return key.length === 2 && Number.isSafeInteger(startsAt) && typeof sessionId === 'string' && isId(sessionId);
}

/** Reads sessions. A provider sees its own; others' are as if there were none. */
@Injectable()
export class BrowseSessions {
  constructor(private readonly reader: Reader) {}

  /** Sessions in order of start. Refuses with `cursor-invalid`, and a list of the whole bank with `validation-failed`. */
  async list(caller: Caller, query: ListSessionsQuery): Promise<Page<SessionResponse>> {
    const filter = filterFor(caller, query);
    if (!filter) return { items: [], next: null };
    const limit = limitOf(query);
    const rows = await listSessions(this.reader.sql, filter, limit + 1);
    return toPage(rows, limit, ({ startsAt, sessionId }) => [startsAt, sessionId], toSessionResponse);
  }

  /** Refuses with `not-found`. */
  async one(caller: Caller, sessionId: string): Promise<SessionResponse> {
    const session = await readSession(this.reader.sql, sessionId);
    if (!session || !isOwn(caller, session.providerId)) throw new Refusal('not-found');
    return toSessionResponse(session);
  }
}

/** What the query asks for within what the caller may see, or null when that is nothing. */
function filterFor(caller: Caller, query: ListSessionsQuery): SessionFilter | null {
  const { courseId, from, to } = query;
  const providerId = query.providerId ?? caller.providerId ?? undefined;
  if (caller.role === 'provider' && (providerId === undefined || !isOwn(caller, providerId))) return null;
  if (courseId === undefined && providerId === undefined) {
    const detail = '请给出 courseId 或 providerId name a courseId or a providerId';
    throw new Refusal('validation-failed', { errors: [{ pointer: '/providerId', code: 'isDefined', detail }] });
  }
  return {
    courseId,
    providerId,
    startsFrom: from === undefined ? undefined : endOfDayMs(from) - DAY_MS + 1,
    startsTo: to === undefined ? undefined : endOfDayMs(to),
    after: keyOfCursor(query.cursor, isSessionKey) ?? undefined,
  };
}
