import { Injectable } from '@nestjs/common';
import { maskName } from '../learners/learners.port.js';
import { Documents, type IssuedDocument } from './documents.service.js';
import type { Snapshot, Source } from './domain/snapshot.js';

/** What a stranger sees: everything the document says, except that the holder's name is masked and no account is named. */
export type Verification = Omit<IssuedDocument, 'learnerId' | 'version'> & { status: 'valid' | 'revoked' };

/** Shows strangers what a document really says and whether it still counts. */
@Injectable()
export class VerifyDocument {
  constructor(private readonly documents: Documents) {}

  /**
   * The whole frozen content with its status: a page that says only "valid" would confirm a forged copy with a real
   * serial. Refuses with `not-found`; never for a revoked document.
   */
  async run(serial: string): Promise<Verification> {
    const { learnerId: _, version: __, ...document } = await this.documents.find(serial);
    const { holder } = document.snapshot;
    return {
      ...document,
      status: document.revocation ? 'revoked' : 'valid',
      snapshot: { ...withoutEntries(document.snapshot), holder: { ...holder, name: maskName(holder.name) } },
    };
  }
}

/** Numbers of entries begin with the id of the account, which would tie all documents of one person together. */
function withoutEntries(snapshot: Snapshot): Snapshot {
  if (snapshot.kind === 'transcript') return { ...snapshot, lines: snapshot.lines.map(withoutEntry) };
  const { entryId: _, ...rest } = snapshot;
  return { ...rest, lines: snapshot.lines.map(withoutEntry) };
}

function withoutEntry<Line extends { source: Source }>(line: Line): Line {
  const { entryId: _, ...source } = line.source;
  return { ...line, source };
}
