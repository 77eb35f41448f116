export { toReportCsv, toReportJson } from './report-text.js';
export { WhatIf } from './what-if.service.js';
