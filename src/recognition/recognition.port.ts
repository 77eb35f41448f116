export { RecognisedOutcomes, type RecognisedOutcome } from './recognised-outcomes.service.js';
export { VerifyRecognitions } from './verify-recognitions.service.js';
