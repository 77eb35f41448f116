export { requireOwnBook, ReversalRequest } from './book.request.js';
export type { AccountMerge } from './account-merge.entity.js';
export { mergeTargets, personAccounts } from './account-merge.store.js';
export { readEntries, readEntry, readLotsOf, readPostings, readReversals } from './book.store.js';
export { DryRun } from './dry-run.service.js';
export { ReversalResponse } from './ledger.response.js';
export { openBooks, writeTogether } from './write-batch.js';
export type { ReversalReceipt } from './reverse-entry.command.js';
