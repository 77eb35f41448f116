import { Global, Module } from '@nestjs/common';
import { Clock } from '../kernel/clock.js';
import { Config } from '../platform/config/config.js';
import { Writer } from '../platform/database/writer.js';
import { Metrics } from '../platform/metrics/metrics.js';
import { BookController } from './book.controller.js';
import { Committer, SHORT_FOR_SINGLES } from './committer.js';
import { DryRun } from './dry-run.service.js';
import { LotSources } from './lot-sources.port.js';
import { ReversalRules } from './reversal.port.js';
import { ReverseEntry } from './reverse-entry.service.js';
import { Statements } from './statements.service.js';
import { VerifyBook } from './verify-book.service.js';

/** The book, for every feature that moves or reads credit. */
@Global()
@Module({
  controllers: [BookController],
  providers: [
    DryRun,
    LotSources,
    ReversalRules,
    ReverseEntry,
    Statements,
    VerifyBook,
    {
      provide: Committer,
      inject: [Writer, Clock, Metrics, Config],
      // Half of the pool commits, so that readers always find a connection.
      useFactory: (writer: Writer, clock: Clock, metrics: Metrics, config: Config) =>
        config.DATABASE_URL
          ? new Committer(writer, clock, metrics, Math.max(1, Math.floor(config.DATABASE_POOL / 2)))
          : new Committer(writer, clock, metrics, 1, SHORT_FOR_SINGLES),
    },
  ],
  exports: [Committer, DryRun, LotSources, ReversalRules, ReverseEntry, Statements, VerifyBook],
})
export class LedgerModule {}
