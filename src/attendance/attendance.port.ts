export { CompleteCourses } from './complete-courses.service.js';
export { gatheringSteps } from './domain/visit-postings.js';
export { PassedCourses } from './passed-courses.service.js';
export { VerifyAttendance } from './verify-attendance.service.js';
export { ImportAttendance, type ImportSummary } from './import-attendance.service.js';
