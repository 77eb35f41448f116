import { Module } from '@nestjs/common';
import { Config } from '../platform/config/config.js';
import { Reader } from '../platform/database/data-sources.js';
import { AccountOpening } from './account-opening.service.js';
import { CardsController } from './cards.controller.js';
import { ChangeAccount } from './change-account.service.js';
import { ChangeCard } from './change-card.service.js';
import { IdentityVault, openIdentityVault } from './identity-vault.js';
import { IssueCard } from './issue-card.service.js';
import { LearnerGroups } from './learner-groups.service.js';
import { LearnerRecords } from './learner-records.service.js';
import { LearnersController } from './learners.controller.js';
import { ListLearners } from './list-learners.service.js';
import { LookUpLearner } from './look-up-learner.service.js';
import { OpenAccount } from './open-account.service.js';
import { OpenAccounts } from './open-accounts.service.js';
import { ReadCard } from './read-card.service.js';
import { ReadLearner } from './read-learner.service.js';
import { ReplaceCard } from './replace-card.service.js';

/** Learners, their accounts as far as they are not the book, and their cards. */
@Module({
  controllers: [LearnersController, CardsController],
  providers: [
    { provide: IdentityVault, inject: [Config, Reader], useFactory: openIdentityVault },
    AccountOpening,
    ChangeAccount,
    ChangeCard,
    IssueCard,
    LearnerGroups,
    LearnerRecords,
    ListLearners,
    LookUpLearner,
    OpenAccount,
    OpenAccounts,
    ReadCard,
    ReadLearner,
    ReplaceCard,
  ],
  exports: [LearnerGroups, LearnerRecords, OpenAccounts],
})
export class LearnersModule {}
