import { Injectable } from '@nestjs/common';
import { Refusal, type RefusalCode } from '../kernel/refusal.js';
import type { Sql } from '../platform/database/sql.js';
import type { Transaction } from '../platform/database/writer.js';
import {
  atCell,
  CourseInFile,
  requestsOf,
  rowRefusal,
  SessionInFile,
  UnitInFile,
  type FileRow,
} from './catalogue-file.js';
import { CourseVocabulary } from './course-vocabulary.js';
import { CreateProviderRequest } from './create-provider.request.js';
import { latestByCode } from './course.store.js';
import { levelOfCode, parentCodeOf } from './domain/unit-code.js';
import { insertAll } from '../platform/database/entity-sql.js';
import { newCourse, newCourseVersion, newProvider, newSession } from './new-rows.js';
import { providersByCode } from './provider.store.js';
import {
  administrativeUnitEntity,
  courseEntity,
  courseVersionEntity,
  providerEntity,
  type AdministrativeUnitRow,
  type CourseRow,
  type CourseSessionRow,
  type CourseVersionRow,
  type ProviderRow,
} from './providers.entity.js';
import { insertSessions, knownSessionCodes } from './session.store.js';
import { knownUnitCodes } from './unit.store.js';

/** What the files bring; each may be left out. */
export interface CatalogueRows {
  units?: FileRow<'units'>[];
  providers?: FileRow<'providers'>[];
  courses?: FileRow<'courses'>[];
  sessions?: FileRow<'sessions'>[];
}

/** How many rows were new, and how many named a code already on record and changed nothing. */
export interface LoadedRows {
  added: number;
  known: number;
}

/** Loads units, providers, courses and sessions from files, by the rules of the single actions. */
@Injectable()
export class CatalogueLoader {
  constructor(private readonly vocabulary: CourseVocabulary) {}

  /**
   * Writes all rows inside the given transaction, set-based, in the order units, providers, courses, sessions, so that
   * a file may name what stands in the one before it. A code already on record is the same thing and changes nothing:
   * loading a file twice is loading it once. The first wrong row refuses everything with `validation-failed` and
   * pointers such as `/courses/12/provider_code` (rows counted from 0); form is looked at before the record is. The
   * caller writes the audit line, because a load is one deed of its own.
   */
  async loadCatalogue(
    { sql }: Transaction,
    rows: CatalogueRows,
    nowMs: number,
  ): Promise<Record<keyof CatalogueRows, LoadedRows>> {
    return {
      units: await this.loadUnits(sql, rows.units ?? []),
      providers: await this.loadProviders(sql, rows.providers ?? [], nowMs),
      courses: await this.loadCourses(sql, rows.courses ?? [], nowMs),
      sessions: await this.loadSessions(sql, rows.sessions ?? [], nowMs),
    };
  }

  private async loadUnits(sql: Sql, rows: FileRow<'units'>[]): Promise<LoadedRows> {
    const units = requestsOf('units', rows, UnitInFile);
    const onRecord = await knownUnitCodes(
      sql,
      units.flatMap(({ code, parentCode }) => (parentCode === undefined ? [code] : [code, parentCode])),
    );
    const inFile = new Set<string>();
    const added: AdministrativeUnitRow[] = [];
    for (const [index, { code, name, level, parentCode, isSynthetic }] of units.entries()) {
      await atCell(['units', index, 'code'], () => {
        claim(inFile, code);
        if (levelOfCode(code) === null) throw new Refusal('unit-unknown', { unitCode: code });
      });
      requireShape(index, { code, level, parentCode });
      await atCell(['units', index, 'parent_code'], () => {
        const isKnown = parentCode === undefined || onRecord.has(parentCode) || inFile.has(parentCode);
        if (!isKnown) throw new Refusal('unit-unknown', { unitCode: parentCode });
      });
      if (!onRecord.has(code)) added.push({ code, name, level, parentCode: parentCode ?? null, isSynthetic });
    }
    await insertAll(sql, administrativeUnitEntity, added);
    return { added: added.length, known: units.length - added.length };
  }

  private async loadProviders(sql: Sql, rows: FileRow<'providers'>[], nowMs: number): Promise<LoadedRows> {
    const providers = requestsOf('providers', rows, CreateProviderRequest);
    const onRecord = await providersByCode(
      sql,
      providers.map(({ code }) => code),
    );
    const units = await knownUnitCodes(
      sql,
      providers.map(({ unitCode }) => unitCode),
    );
    const inFile = new Set<string>();
    const added: ProviderRow[] = [];
    for (const [index, provider] of providers.entries()) {
      await atCell(['providers', index, 'code'], () => claim(inFile, provider.code));
      await atCell(['providers', index, 'unit_code'], () => requireUnit(units, provider.unitCode));
      const row = await atCell(['providers', index, 'approved_to'], () => newProvider(provider, nowMs));
      if (!onRecord.has(provider.code)) added.push(row);
    }
    await insertAll(sql, providerEntity, added);
    return { added: added.length, known: providers.length - added.length };
  }

  private async loadCourses(sql: Sql, rows: FileRow<'courses'>[], nowMs: number): Promise<LoadedRows> {
    const courses = requestsOf('courses', rows, CourseInFile);
    const onRecord = await latestByCode(
      sql,
      courses.map(({ code }) => code),
    );
    const providers = await providersByCode(
      sql,
      courses.map(({ providerCode }) => providerCode),
    );
    const inFile = new Set<string>();
    const added: CourseRow[] = [];
    const versions: CourseVersionRow[] = [];
    for (const [index, request] of courses.entries()) {
      await atCell(['courses', index, 'code'], () => claim(inFile, request.code));
      const { providerId } = await atCell(['courses', index, 'provider_code'], () => {
        const known = providers.get(request.providerCode);
        if (!known) throw new Refusal('provider-unknown');
        return known;
      });
      await atCell(['courses', index, columnOf], () => this.vocabulary.check(request));
      const course = newCourse(request, providerId, nowMs);
      const version = await atCell(['courses', index, 'approved_to'], () =>
        newCourseVersion(request, { courseId: course.courseId, version: 1 }, nowMs),
      );
      if (onRecord.has(request.code)) continue;
      added.push(course);
      versions.push(version);
    }
    await insertAll(sql, courseEntity, added);
    await insertAll(sql, courseVersionEntity, versions);
    return { added: added.length, known: courses.length - added.length };
  }

  private async loadSessions(sql: Sql, rows: FileRow<'sessions'>[], nowMs: number): Promise<LoadedRows> {
    const sessions = requestsOf('sessions', rows, SessionInFile);
    const onRecord = await knownSessionCodes(
      sql,
      sessions.map(({ code }) => code),
    );
    const courses = await latestByCode(
      sql,
      sessions.map(({ courseCode }) => courseCode),
    );
    const units = await knownUnitCodes(
      sql,
      sessions.map(({ unitCode }) => unitCode),
    );
    const inFile = new Set<string>();
    const added: CourseSessionRow[] = [];
    for (const [index, session] of sessions.entries()) {
      await atCell(['sessions', index, 'code'], () => claim(inFile, session.code));
      const course = await atCell(['sessions', index, 'course_code'], () => {
        const known = courses.get(session.courseCode);
        if (!known) throw new Refusal('course-unknown');
        return known;
      });
      await atCell(['sessions', index, 'unit_code'], () => requireUnit(units, session.unitCode));
      const row = await atCell(['sessions', index, 'ends_at'], () => newSession(session, course, nowMs));
      if (!onRecord.has(session.code)) added.push(row);
    }
    await insertSessions(sql, added);
    return { added: added.length, known: sessions.length - added.length };
  }
}

/** The code of a unit says its level and what it belongs to; the other columns must say the same. */
function requireShape(
  index: number,
  { code, level, parentCode }: Pick<UnitInFile, 'code' | 'level' | 'parentCode'>,
): void {
  const expected = { level: levelOfCode(code), parent_code: parentCodeOf(code) };
  const given = { level, parent_code: parentCode ?? null };
  const wrong = (['level', 'parent_code'] as const).filter((column) => given[column] !== expected[column]);
  if (wrong.length === 0) return;
  throw rowRefusal(
    wrong.map((column) => ({
      pointer: `/units/${index}/${column}`,
      code: 'unitCodeShape',
      detail: `按代码应为 ${expected[column] ?? '空'} by the code it must be ${expected[column] ?? 'empty'}`,
    })),
  );
}

/** Column of a course's file whose word the policy does not have. */
function columnOf(code: RefusalCode): 'activity_type' | 'level' | 'credit_type' {
  if (code === 'activity-type-unknown') return 'activity_type';
  return code === 'level-unknown' ? 'level' : 'credit_type';
}

/** A code stands once in a file. */
function claim(inFile: Set<string>, code: string): void {
  if (inFile.has(code)) throw new Refusal('code-already-used', { takenCode: code });
  inFile.add(code);
}

function requireUnit(units: Set<string>, unitCode: string): void {
  if (!units.has(unitCode)) throw new Refusal('unit-unknown', { unitCode });
}
