export { CompleteCourses } from './complete-courses.service.js';
export { DryRun } from './dry-run.service.js';
export { ImportAttendance, type ImportSummary } from './import-attendance.service.js';
