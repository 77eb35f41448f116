import { Body, Controller, Get, Param, Post, Query, UseInterceptors } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ROLES, type Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import type { OnceKey } from '../platform/idempotency/idempotency.store.js';
import { ETAG_HEADER, FromIfMatch, Tagged, TakesIfMatch } from '../platform/http/if-match.js';
import { FromOnce, TakesOnceKey } from '../platform/idempotency/once.decorator.js';
import type { Receipt } from '../platform/idempotency/receipt.js';
import { Problems } from '../platform/problems/problems.decorator.js';
import { BrowseCourses } from './browse-courses.service.js';
import {
  CourseHistoryResponse,
  CoursePageResponse,
  courseTag,
  RecordedCourseResponse,
  type CourseResponse,
} from './course.response.js';
import { CreateCourseRequest } from './create-course.request.js';
import { CreateCourse } from './create-course.service.js';
import { NextLink, type Page } from '../platform/http/paging.js';
import { PathId } from '../platform/http/path-id.js';
import { ListCoursesQuery } from './list-courses.request.js';
import { ReviseCourseRequest } from './revise-course.request.js';
import { ReviseCourse } from './revise-course.service.js';

/** Courses and their versions. */
@ApiTags('courses')
@Controller('api/v1/courses')
export class CoursesController {
  constructor(
    private readonly createCourse: CreateCourse,
    private readonly reviseCourse: ReviseCourse,
    private readonly browse: BrowseCourses,
  ) {}

  /** Records a course with its first version and names the provider's courses it may duplicate. */
  @Post()
  @Roles('registrar', 'administrator')
  @TakesOnceKey()
  @ApiOperation({ summary: '登记课程 Record a course' })
  @Tagged(courseTag)
  @ApiCreatedResponse({ type: RecordedCourseResponse, headers: ETAG_HEADER })
  @Problems(
    'provider-unknown',
    'credit-type-unknown',
    'activity-type-unknown',
    'level-unknown',
    'approval-period-invalid',
    'code-already-used',
  )
  create(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Body() body: CreateCourseRequest,
  ): Promise<Receipt<RecordedCourseResponse>> {
    return this.createCourse.run(caller, once, body);
  }

  /** Adds the next version, only after the one that the caller has read; sessions already scheduled keep theirs. */
  @Post(':courseId/versions')
  @Roles('registrar', 'administrator')
  @TakesOnceKey()
  @TakesIfMatch()
  @ApiOperation({ summary: '登记课程新版本 Add a version to a course' })
  @Tagged(courseTag)
  @ApiCreatedResponse({ type: RecordedCourseResponse, headers: ETAG_HEADER })
  @Problems('not-found', 'credit-type-unknown', 'activity-type-unknown', 'level-unknown', 'approval-period-invalid')
  revise(
    @FromCaller() caller: Caller,
    @FromOnce() once: OnceKey,
    @Param('courseId', PathId) courseId: string,
    @FromIfMatch() ifMatch: string | undefined,
    @Body() body: ReviseCourseRequest,
  ): Promise<Receipt<RecordedCourseResponse>> {
    return this.reviseCourse.run(caller, once, { courseId, ifMatch }, body);
  }

  /** Courses in order of code under their latest versions, of one provider or all. */
  @Get()
  @Roles(...ROLES)
  @UseInterceptors(NextLink)
  @ApiOperation({ summary: '课程列表 Courses' })
  @ApiOkResponse({ type: CoursePageResponse })
  @Problems('cursor-invalid')
  list(@Query() query: ListCoursesQuery): Promise<Page<CourseResponse>> {
    return this.browse.list(query);
  }

  /** One course with all its versions, and the tag that the next version must name. */
  @Get(':courseId')
  @Roles(...ROLES)
  @ApiOperation({ summary: '课程及其版本 A course with all its versions' })
  @Tagged(courseTag)
  @ApiOkResponse({ type: CourseHistoryResponse, headers: ETAG_HEADER })
  @Problems('not-found')
  one(@Param('courseId', PathId) courseId: string): Promise<CourseHistoryResponse> {
    return this.browse.one(courseId);
  }
}
