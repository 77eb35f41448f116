export { ConvertCredit } from './convert-credit.service.js';
export { QuoteConversion } from './quote-conversion.service.js';
export type { ConversionDecision } from './domain/decide-conversion.js';
