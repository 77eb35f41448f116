import { Injectable } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';
import { Reader } from '../platform/database/data-sources.js';
import type { Sql } from '../platform/database/sql.js';
import { readCourseFacts, readSessionFacts, type CourseFacts, type SessionFacts } from './catalogue-facts.store.js';
import { isCatalogueCode } from './domain/catalogue-code.js';
import { FactsCache } from './facts-cache.js';
import { unitPath } from './unit.store.js';

/**
 * What the rest of the bank may know of courses, sessions and where they are. Answers about courses and sessions come
 * from memory for up to five seconds, so a list of attendances costs one read per new session, and a changed approval is
 * seen at once in this process and within five seconds in another one. Ill-formed ids and codes name nothing and cost no read.
 *
 * Whoever asks inside a transaction gives its `sql`. To ask on a second connection there means to wait for ever when
 * everybody who has one waits for a lock of this transaction.
 */
@Injectable()
export class SessionCatalogue {
  private readonly sessionsById: FactsCache<SessionFacts>;
  private readonly sessionsByCode: FactsCache<SessionFacts>;
  private readonly coursesById: FactsCache<CourseFacts>;
  private readonly coursesByCode: FactsCache<CourseFacts>;
  private readonly sql: Sql;

  constructor({ sql }: Reader, clock: Clock) {
    this.sql = sql;
    this.sessionsById = new FactsCache(
      clock,
      ({ sessionId }) => sessionId,
      (from, ids) => readSessionFacts(from, 'session_id', ids),
    );
    this.sessionsByCode = new FactsCache(
      clock,
      ({ code }) => code,
      (from, codes) => readSessionFacts(from, 'code', codes),
    );
    this.coursesById = new FactsCache(
      clock,
      ({ courseId }) => courseId,
      (from, ids) => readCourseFacts(from, 'course_id', ids),
    );
    this.coursesByCode = new FactsCache(
      clock,
      ({ code }) => code,
      (from, codes) => readCourseFacts(from, 'code', codes),
    );
  }

  /** One session, or null. */
  async byId(sessionId: string, sql: Sql = this.sql): Promise<SessionFacts | null> {
    return isId(sessionId) ? this.sessionsById.one(sql, sessionId) : null;
  }

  /** Sessions by code; codes that are not on record are missing from the map. */
  async byCodes(codes: string[]): Promise<Map<string, SessionFacts>> {
    return this.sessionsByCode.many(this.sql, codes.filter(isCatalogueCode));
  }

  /** Sessions by id, for pages and transcripts; unknown ids are missing from the map. */
  async sessionFacts(sessionIds: string[], sql: Sql = this.sql): Promise<Map<string, SessionFacts>> {
    return this.sessionsById.many(sql, sessionIds.filter(isId));
  }

  /** Names of providers by code; codes that are not on record are missing from the map. */
  async providerNames(codes: string[], sql: Sql = this.sql): Promise<Map<string, string>> {
    const known = [...new Set(codes)].filter(isCatalogueCode);
    const rows = await sql.rowsByKeys<{ code: string; name: string }>(
      'select code, name from provider',
      ['code'],
      known.map((code) => [code]),
    );
    return new Map(rows.map(({ code, name }) => [code, name]));
  }

  /** One course under its latest version, or null. */
  async courseById(courseId: string, sql: Sql = this.sql): Promise<CourseFacts | null> {
    return isId(courseId) ? this.coursesById.one(sql, courseId) : null;
  }

  /** One course under its latest version, or null. */
  async courseByCode(code: string): Promise<CourseFacts | null> {
    return isCatalogueCode(code) ? this.coursesByCode.one(this.sql, code) : null;
  }

  /** Courses by id under their latest versions, for pages and transcripts; unknown ids are missing from the map. */
  async courseFacts(courseIds: string[], sql: Sql = this.sql): Promise<Map<string, CourseFacts>> {
    return this.coursesById.many(sql, courseIds.filter(isId));
  }

  /** Names of a unit and all above it, from the city down (`太原市`, `迎泽区`, `柳巷街道`, …); empty for an unknown code. */
  async unitNames(code: string): Promise<string[]> {
    return (await unitPath(this.sql, code)).map(({ name }) => name);
  }

  /** Called after every commit that changed an approval or added a version. */
  forget(): void {
    this.sessionsById.clear();
    this.sessionsByCode.clear();
    this.coursesById.clear();
    this.coursesByCode.clear();
  }
}
