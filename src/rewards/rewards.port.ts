export { duePoints, totalPoints } from './domain/points.js';
export { ReadHonours, type Honours } from './read-honours.service.js';
export { SettlePoints } from './settle-points.service.js';
export { VerifyRewards } from './verify-rewards.service.js';
