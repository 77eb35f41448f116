/** What other features may use of the catalogue. */
export { pathOfCode } from './domain/unit-code.js';
export { unitExists, unitLevel } from './unit.store.js';
export { SessionCatalogue } from './session-catalogue.service.js';
export type { CourseFacts, SessionFacts } from './catalogue-facts.store.js';
export { readSessionEnds } from './session.store.js';
export { readOfferedCourses } from './offered-courses.store.js';
export { CatalogueLoader, type CatalogueRows } from './load-catalogue.service.js';
export type { FileRow } from './catalogue-file.js';
