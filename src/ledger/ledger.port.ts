export { requireOwnBook, ReversalRequest } from './book.request.js';
export { readEntries, readEntry, readReversals } from './book.store.js';
export { DryRun } from './dry-run.service.js';
export { ReversalResponse } from './ledger.response.js';
export type { ReversalReceipt } from './reverse-entry.command.js';
