import { Module, type OnModuleInit } from '@nestjs/common';
import { ReversalRules } from '../ledger/reversal.port.js';
import { ConversionsController } from './conversions.controller.js';
import { ConvertCredit } from './convert-credit.service.js';
import { QuoteConversion } from './quote-conversion.service.js';
import { Policies } from '../policy/policy.port.js';
import { VerifyConversions } from './verify-conversions.service.js';
import { reverseConversion } from './reverse-conversion.rule.js';

/** Conversion of credit between types, by published rules only. */
@Module({
  controllers: [ConversionsController],
  providers: [ConvertCredit, QuoteConversion, VerifyConversions],
  exports: [ConvertCredit],
})
export class ConversionModule implements OnModuleInit {
  constructor(
    private readonly reversals: ReversalRules,
    private readonly policies: Policies,
  ) {}

  onModuleInit(): void {
    this.reversals.register('conversion', (sql, entry, isUndoing) => {
      const pack = this.policies.byVersion(entry.policyVersion ?? '');
      if (!pack) throw new Error(`Policy ${entry.policyVersion} is named by an entry but is not on record`);
      return reverseConversion(sql, entry, isUndoing, pack);
    });
  }
}
