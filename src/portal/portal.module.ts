import { Module } from '@nestjs/common';
import { CertificatesModule } from '../certificates/certificates.module.js';
import { ConversionModule } from '../conversion/conversion.module.js';
import { LearnersModule } from '../learners/learners.module.js';
import { ProgrammesModule } from '../programmes/programmes.module.js';
import { ProvidersModule } from '../providers/providers.module.js';
import { RewardsModule } from '../rewards/rewards.module.js';
import { FindAccount } from './account-search/find-account.service.js';
import { AdmitReader } from './admit-reader.service.js';
import { ReadCreditLots } from './credit-lots/read-credit-lots.service.js';
import { DocumentPagesController } from './document-pages.controller.js';
import { EntryPagesController } from './entry-pages.controller.js';
import { ReadEntryStory } from './entry/read-entry-story.service.js';
import { HomeController } from './home.controller.js';
import { LearnerPagesController } from './learner-pages.controller.js';
import { PolicyPagesController } from './policy-pages.controller.js';
import { ReadBook } from './read-book.service.js';
import { ReadStatement } from './statement/read-statement.service.js';
import { ReadStudyTime } from './study-time/read-study-time.service.js';
import { VerificationPagesController } from './verification-pages.controller.js';

/** The pages: server-rendered, read-only, without script, over the features' ports. */
@Module({
  imports: [CertificatesModule, ConversionModule, LearnersModule, ProgrammesModule, ProvidersModule, RewardsModule],
  controllers: [
    HomeController,
    LearnerPagesController,
    EntryPagesController,
    DocumentPagesController,
    VerificationPagesController,
    PolicyPagesController,
  ],
  providers: [AdmitReader, FindAccount, ReadBook, ReadStatement, ReadCreditLots, ReadStudyTime, ReadEntryStory],
})
export class PortalModule {}
