export { CompleteCourses } from './complete-courses.service.js';
export { gatheringSteps } from './domain/visit-postings.js';
export { PassedCourses } from './passed-courses.service.js';
export { VerifyAttendance } from './verify-attendance.service.js';
export { ImportAttendance, type ImportSummary } from './import-attendance.service.js';
export { liveVisits, outcomeOfVisit } from './live-visits.store.js';
export { replayStudy, type StudyCompletion, type StudyOutcome, type StudyVisit } from './domain/replay-study.js';
export { StudyHistories } from './study-history.service.js';
export { attendanceByCourse } from './attendance.store.js';
