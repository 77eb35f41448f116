import { Global, Module } from '@nestjs/common';
import { Policies } from './policies.service.js';

/** The rules as data, for every feature that decides. */
@Global()
@Module({ providers: [Policies], exports: [Policies] })
export class PolicyModule {}
