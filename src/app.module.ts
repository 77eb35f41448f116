import { type DynamicModule, Module } from '@nestjs/common';
import { LedgerModule } from './ledger/ledger.module.js';
import { PlatformModule, type PlatformParts } from './platform/platform.module.js';

/** The composition root: which features this bank has. */
@Module({})
export class AppModule {
  static with(parts: PlatformParts): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(parts), LedgerModule] };
  }
}
