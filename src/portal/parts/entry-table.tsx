import type { ComponentChildren } from 'preact';
import { Both } from '../../platform/pages/both.js';
import { Table } from '../../platform/pages/table.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { EntryLine } from '../entry-line.js';
import { entryPath } from '../paths.js';
import { ENTRY_KINDS } from '../../ledger/domain/entry-words.js';
import { signedCredit } from '../words.js';
import { creditTypeName, studyTime } from '../../policy/domain/pack-words.js';

interface EntryTableProps {
  caption: ComponentChildren;
  lines: EntryLine[];
  pack: PolicyPack | null;
}

/** Entries, newest first, each with the way to its page. */
export function EntryTable({ caption, lines, pack }: EntryTableProps) {
  return (
    <Table
      caption={caption}
      rows={lines}
      empty={{ zh: '还没有分录。', en: 'No entries yet.' }}
      columns={[
        {
          head: { zh: '分录', en: 'Entry' },
          cell: (line) => (
            <a href={entryPath(line.learnerId, line.version)}>
              #{line.version} <Both {...ENTRY_KINDS[line.kind]} />
            </a>
          ),
        },
        { head: { zh: '发生日', en: 'Day' }, cell: ({ day }) => <span class="nowrap">{day}</span> },
        {
          head: { zh: '内容', en: 'What' },
          cell: ({ title, provider }) => (
            <>
              {title}
              {provider ? <div class="soft">{provider}</div> : null}
            </>
          ),
        },
        {
          head: { zh: '出勤', en: 'Attended' },
          isNumber: true,
          cell: ({ attendedSeconds }) => (attendedSeconds === 0 ? '—' : studyTime(attendedSeconds).zh),
        },
        {
          head: { zh: '学分变化', en: 'Credit' },
          isNumber: true,
          cell: (line) => <Changes line={line} pack={pack} />,
        },
        { head: { zh: '状态', en: 'Status' }, cell: (line) => <EntryStatus {...line} /> },
      ]}
    />
  );
}

function Changes({ line, pack }: { line: EntryLine; pack: PolicyPack | null }) {
  if (line.credit.length === 0) return <>—</>;
  return (
    <>
      {line.credit.map(({ creditType, amountCenti }) => (
        <div key={creditType}>
          <strong>{signedCredit(amountCenti)}</strong>
          <div class="soft">{creditTypeName(pack, creditType).zh}</div>
        </div>
      ))}
    </>
  );
}

/** Whether an entry was undone, or undoes another one, with links both ways. */
export function EntryStatus({
  learnerId,
  reversesVersion,
  reversedByVersion,
}: Pick<EntryLine, 'learnerId' | 'reversesVersion' | 'reversedByVersion'>) {
  return (
    <>
      {reversesVersion === null ? null : (
        <div>
          <a href={entryPath(learnerId, reversesVersion)}>
            <Both zh={`冲正 #${reversesVersion}`} en="undoes it" />
          </a>
        </div>
      )}
      {reversedByVersion === null ? null : (
        <div>
          <a href={entryPath(learnerId, reversedByVersion)}>
            <Both zh={`已被 #${reversedByVersion} 冲正`} en="undone" />
          </a>
        </div>
      )}
      {reversesVersion === null && reversedByVersion === null ? <Both zh="有效" en="Stands" /> : null}
    </>
  );
}
