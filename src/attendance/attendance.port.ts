export { CompleteCourses } from './complete-courses.service.js';
export { ImportAttendance, type ImportSummary } from './import-attendance.service.js';
