import { Module, type OnModuleInit } from '@nestjs/common';
import { LotSources } from '../ledger/lot-sources.port.js';
import { ReversalRules } from '../ledger/reversal.port.js';
import { Policies } from '../policy/policy.port.js';
import { AdviseCourse } from './advise-course.service.js';
import { BrowseRules } from './browse-rules.service.js';
import { ConversionRulesController } from './conversion-rules.controller.js';
import { readConvertedLots } from './conversion.store.js';
import { ConversionsController } from './conversions.controller.js';
import { ConvertCredit } from './convert-credit.service.js';
import { HoldsController } from './holds.controller.js';
import { ListHolds } from './list-holds.service.js';
import { ListRefused } from './list-refused.service.js';
import { QuoteConversion } from './quote-conversion.service.js';
import { ReadConversion } from './read-conversion.service.js';
import { RefusedConversionsController } from './refused-conversions.controller.js';
import { ReleaseHolds } from './release-holds.service.js';
import { ReplayConversions } from './replay-conversions.service.js';
import { reverseConversion } from './reverse-conversion.rule.js';
import { SettleConversion } from './settle-conversion.service.js';
import { VerifyConversions } from './verify-conversions.service.js';

/** Conversion of credit between types and into programmes, by published rules only. */
@Module({
  controllers: [HoldsController, ConversionsController, RefusedConversionsController, ConversionRulesController],
  providers: [
    ...[AdviseCourse, BrowseRules, ConvertCredit, ListRefused],
    ...[ListHolds, QuoteConversion, ReadConversion, ReleaseHolds, ReplayConversions],
    ...[SettleConversion, VerifyConversions],
  ],
  exports: [ConvertCredit, ReadConversion, ReplayConversions],
})
export class ConversionModule implements OnModuleInit {
  constructor(
    private readonly reversals: ReversalRules,
    private readonly policies: Policies,
    private readonly sources: LotSources,
  ) {}

  onModuleInit(): void {
    this.reversals.register('conversion', (sql, entry, isUndoing) => {
      const pack = this.policies.byVersion(entry.policyVersion ?? '');
      if (!pack) throw new Error(`Policy ${entry.policyVersion} is named by an entry but is not on record`);
      return reverseConversion(sql, entry, isUndoing, pack);
    });
    this.sources.registerByLot('conversion', async (sql, learnerId, lots) => {
      const found = await readConvertedLots(sql, learnerId, lots);
      return new Map([...found].map(([lot, { facts }]) => [lot, facts]));
    });
  }
}
