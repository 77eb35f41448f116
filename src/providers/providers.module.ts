import { Global, Module } from '@nestjs/common';
import { KeyOwners } from '../platform/auth/key-owners.js';
import { BrowseCourses } from './browse-courses.service.js';
import { BrowseProviders } from './browse-providers.service.js';
import { BrowseSessions } from './browse-sessions.service.js';
import { BrowseUnits } from './browse-units.service.js';
import { ChangeApproval } from './change-approval.service.js';
import { CourseVocabulary } from './course-vocabulary.js';
import { CoursesController } from './courses.controller.js';
import { CreateCourse } from './create-course.service.js';
import { CreateProvider } from './create-provider.service.js';
import { CatalogueLoader } from './load-catalogue.service.js';
import { ProviderKeyOwners } from './provider-key-owners.service.js';
import { ProvidersController } from './providers.controller.js';
import { ReviseCourse } from './revise-course.service.js';
import { ScheduleSession } from './schedule-session.service.js';
import { SessionCatalogue } from './session-catalogue.service.js';
import { SessionsController } from './sessions.controller.js';
import { UnitsController } from './units.controller.js';

/** The catalogue: units, providers, courses, sessions. Global, because the keys of the platform ask it for their owners. */
@Global()
@Module({
  controllers: [UnitsController, ProvidersController, CoursesController, SessionsController],
  providers: [
    BrowseUnits,
    BrowseProviders,
    BrowseCourses,
    BrowseSessions,
    CreateProvider,
    ChangeApproval,
    CreateCourse,
    ReviseCourse,
    ScheduleSession,
    SessionCatalogue,
    CatalogueLoader,
    CourseVocabulary,
    { provide: KeyOwners, useClass: ProviderKeyOwners },
  ],
  exports: [SessionCatalogue, CatalogueLoader, KeyOwners],
})
export class ProvidersModule {}
