import type { Source } from '../../certificates/certificates.port.js';
import type { EntryKind } from '../../ledger/domain/entry.js';
import { ENTRY_KINDS } from '../../ledger/domain/entry-words.js';
import { studyTime } from '../../policy/domain/pack-words.js';

/** Where credit came from, as documents name it: course or what it stands for, provider, kind, and a mark that was carried over. */
export function SourceCell({ source }: { source: Source }) {
  const { title, provider, kind, grade } = source;
  return (
    <>
      {title}
      <div class="soft">
        {ENTRY_KINDS[kind as EntryKind]?.zh ?? kind}
        {provider ? ` · ${provider}` : ''}
        {grade ? ` · ${grade === 'exempt' ? '免考 exempt' : `成绩 mark ${grade}`}` : ''}
      </div>
    </>
  );
}

/** Study time of a line; a dash where credit came without any, as by conversion. */
export function sourceTime({ studySeconds }: Source): string {
  return studySeconds > 0 ? studyTime(studySeconds).zh : '—';
}
