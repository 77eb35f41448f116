import { Module, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { LotSources } from '../ledger/lot-sources.port.js';
import { ReversalRules } from '../ledger/reversal.port.js';
import { LearnersModule } from '../learners/learners.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { SessionCatalogue } from '../providers/providers.port.js';
import { AttendanceController } from './attendance.controller.js';
import { CompleteCourses } from './complete-courses.service.js';
import { ImportAttendance } from './import-attendance.service.js';
import { ImportStore } from './import.store.js';
import { PassedCourses } from './passed-courses.service.js';
import { RecordAttendance } from './record-attendance.service.js';
import { reverseCompletion, reverseVisit } from './reverse-visit.rule.js';
import { StudyHistories } from './study-history.service.js';
import { VerifyAttendance } from './verify-attendance.service.js';
import { completionFacts, visitFacts } from './visit-facts.js';
import { VisitSource } from './visit-source.service.js';

/** Attendance → study time → credit. */
@Module({
  imports: [LearnersModule, ProvidersModule],
  controllers: [AttendanceController],
  providers: [
    VisitSource,
    RecordAttendance,
    CompleteCourses,
    PassedCourses,
    StudyHistories,
    ImportAttendance,
    ImportStore,
    VerifyAttendance,
  ],
  exports: [CompleteCourses, ImportAttendance, PassedCourses, StudyHistories, VerifyAttendance],
})
export class AttendanceModule implements OnModuleInit {
  constructor(
    private readonly reversals: ReversalRules,
    private readonly lotSources: LotSources,
    private readonly sessions: SessionCatalogue,
    private readonly source: VisitSource,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.lotSources.register('attendance', visitFacts(this.sessions));
    this.lotSources.register('completion', completionFacts(this.sessions));
    this.reversals.register('attendance', async (sql, entry, isUndoing) => {
      const session = await this.sessions.byId(entry.subject ?? '', sql);
      if (!session) throw new Error(`Session ${entry.subject} of an entry is not on record`);
      const rules = this.source.rulesOfVersion(entry.policyVersion ?? '', session);
      return reverseVisit(sql, entry, isUndoing, { ...rules, session, nowMs: this.clock.nowMs() });
    });
    this.reversals.register('completion', async (sql, entry, isUndoing) => {
      const course = await this.sessions.courseById(entry.subject ?? '', sql);
      if (!course) throw new Error(`Course ${entry.subject} of an entry is not on record`);
      const rules = this.source.rulesOfVersion(entry.policyVersion ?? '', course);
      return reverseCompletion(sql, entry, isUndoing, { ...rules, course, sources: this.lotSources });
    });
  }
}
