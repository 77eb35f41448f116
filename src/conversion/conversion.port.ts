export { ConvertCredit } from './convert-credit.service.js';
export { QuoteConversion } from './quote-conversion.service.js';
export { ReleaseHolds } from './release-holds.service.js';
export { usedUnderCap } from './conversion.store.js';
export { VerifyConversions } from './verify-conversions.service.js';
export type { ConversionDecision } from './domain/conversion-case.js';
