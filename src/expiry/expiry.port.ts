export { expiringLots, type ExpiringLot } from './domain/expire-lots.js';
export { ExpireCredit } from './expire-credit.service.js';
export { ReadNotices } from './read-notices.service.js';
export { VerifyExpiry } from './verify-expiry.service.js';
