export { RecognisedOutcomes, type RecognisedOutcome } from './recognised-outcomes.service.js';
export { ReplayRecognitions } from './replay-recognitions.service.js';
export { noRecognitions, type RecognitionOutcome } from './domain/replay-worth.js';
export { VerifyRecognitions } from './verify-recognitions.service.js';
