import { Controller, Param } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { readEntryId } from '../ledger/domain/entry.js';
import type { Caller } from '../platform/auth/caller.js';
import { FromCaller, Roles } from '../platform/auth/roles.js';
import { AdmitReader } from './admit-reader.service.js';
import { ReadEntryStory } from './entry/read-entry-story.service.js';
import { renderEntry } from './entry/entry.view.js';
import { Page } from './page-route.js';

/** One entry, where every number ends. */
@ApiExcludeController()
@Controller('entries')
export class EntryPagesController {
  constructor(
    private readonly door: AdmitReader,
    private readonly stories: ReadEntryStory,
  ) {}

  /** What happened, under which rule, and every posting. */
  @Page(':entryId')
  @Roles('learner', 'registrar', 'auditor', 'administrator')
  async entry(@FromCaller() caller: Caller, @Param('entryId') id: string): Promise<string> {
    const { learnerId, version } = readEntryId(id);
    await this.door.run(caller, learnerId, { action: 'read-entry', subject: id });
    return renderEntry(await this.stories.run(learnerId, version), caller.role !== 'learner');
  }
}
