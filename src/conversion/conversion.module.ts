import { Module, type OnModuleInit } from '@nestjs/common';
import { ReversalRules } from '../ledger/reversal.port.js';
import { ConversionsController } from './conversions.controller.js';
import { ConvertCredit } from './convert-credit.service.js';
import { QuoteConversion } from './quote-conversion.service.js';

/** Conversion of credit between types, by published rules only. */
@Module({ controllers: [ConversionsController], providers: [ConvertCredit, QuoteConversion], exports: [ConvertCredit] })
export class ConversionModule implements OnModuleInit {
  constructor(private readonly reversals: ReversalRules) {}

  onModuleInit(): void {
    // The mirrored postings say it all: the source lots come back, the new one goes.
    this.reversals.register('conversion', () => Promise.resolve({ step: null, rows: () => [] }));
  }
}
