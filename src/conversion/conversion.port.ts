export { ConvertCredit } from './convert-credit.service.js';
export { QuoteConversion } from './quote-conversion.service.js';
export { ReleaseHolds } from './release-holds.service.js';
export { readPlanningBook, type PlanningBook } from './read-planning-book.js';
export { sayCheck } from './say-check.js';
export { VerifyConversions } from './verify-conversions.service.js';
export { decideConversion } from './domain/decide-conversion.js';
export { drawnByUse, probeRule } from './domain/probe-rule.js';
export type { ConversionDecision, PastPart, SourceLot } from './domain/conversion-case.js';
