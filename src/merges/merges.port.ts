export { VerifyMerges } from './verify-merges.service.js';
