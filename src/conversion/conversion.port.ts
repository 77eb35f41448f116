export { ConvertCredit } from './convert-credit.service.js';
export { QuoteConversion } from './quote-conversion.service.js';
export { VerifyConversions } from './verify-conversions.service.js';
export { usedUnderCap } from './conversion.store.js';
export type { ConversionDecision } from './domain/decide-conversion.js';
