import { Injectable } from '@nestjs/common';
import { Refusal } from '../kernel/refusal.js';
import { Reader } from '../platform/database/data-sources.js';
import type { ListCoursesQuery } from './list-courses.request.js';
import {
  toCourseHistory,
  toCourseResponse,
  type CourseHistoryResponse,
  type CourseResponse,
} from './course.response.js';
import { listCourses, readCourse, readVersions } from './course.store.js';
import { keyOfCursor, limitOf, toPage, type Page } from '../platform/http/paging.js';
import { isCodeKey } from './code-key.js';

/** Reads courses. */
@Injectable()
export class BrowseCourses {
  constructor(private readonly reader: Reader) {}

  /** Courses under their latest versions in order of code. Refuses with `cursor-invalid`. */
  async list(query: ListCoursesQuery): Promise<Page<CourseResponse>> {
    const limit = limitOf(query);
    const after = keyOfCursor(query.cursor, isCodeKey)?.[0];
    const rows = await listCourses(this.reader.sql, { providerId: query.providerId, after }, limit + 1);
    return toPage(rows, limit, ({ code }) => [code], toCourseResponse);
  }

  /** A course with all its versions. Refuses with `not-found`. */
  async one(courseId: string): Promise<CourseHistoryResponse> {
    const course = await readCourse(this.reader.sql, courseId);
    if (!course) throw new Refusal('not-found');
    return toCourseHistory(course, await readVersions(this.reader.sql, courseId));
  }
}
