import { Module, type OnModuleInit } from '@nestjs/common';
import { ReversalRules } from '../ledger/reversal.port.js';
import { ExpireCredit } from './expire-credit.service.js';
import { ExpiryController } from './expiry.controller.js';
import { ReadNotices } from './read-notices.service.js';
import { VerifyExpiry } from './verify-expiry.service.js';

/** The end of credit. */
@Module({
  controllers: [ExpiryController],
  providers: [ExpireCredit, ReadNotices, VerifyExpiry],
  exports: [ExpireCredit, ReadNotices, VerifyExpiry],
})
export class ExpiryModule implements OnModuleInit {
  constructor(private readonly reversals: ReversalRules) {}

  onModuleInit(): void {
    // The mirror says it all: what expired is available again, and the next run looks at it again.
    this.reversals.register('expiry', () => Promise.resolve({ step: null, rows: () => [] }));
  }
}
