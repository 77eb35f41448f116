import type { Source } from '../../certificates/certificates.port.js';
import type { EntryKind } from '../../ledger/domain/entry.js';
import { ENTRY_KINDS } from '../../ledger/domain/entry-words.js';
import { studyTime } from '../../policy/domain/pack-words.js';

/** Where credit came from, as documents name it: course or rule, provider, kind. */
export function SourceCell({ source }: { source: Source }) {
  const { title, provider, kind } = source;
  return (
    <>
      {title}
      <div class="soft">
        {ENTRY_KINDS[kind as EntryKind]?.zh ?? kind}
        {provider ? ` · ${provider}` : ''}
      </div>
    </>
  );
}

/** Study time of a line; a dash where credit came without any, as by conversion. */
export function sourceTime({ studySeconds }: Source): string {
  return studySeconds > 0 ? studyTime(studySeconds).zh : '—';
}
