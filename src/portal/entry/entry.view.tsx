import { formatCredit } from '../../kernel/credit.js';
import { shanghaiMinute } from '../../kernel/clock.js';
import { entryId, mergeDetailOf, parseEntryId, type EntryKind, type Posting } from '../../ledger/domain/entry.js';
import type { StatedEntry } from '../../ledger/statements.service.js';
import { Both } from '../../platform/pages/both.js';
import { Facts, type Fact } from '../../platform/pages/facts.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { entryTitle } from '../entry-line.js';
import { creditPath, documentPath, entryPath, statementPath } from '../paths.js';
import { ENTRY_KINDS } from '../../ledger/domain/entry-words.js';
import { accountName, amountOf } from '../words.js';
import { creditTypeName } from '../../policy/domain/pack-words.js';
import { calculationWords, originWords, policyWords, ruleWords } from './entry-words.js';
import type { EntryStory } from './read-entry-story.service.js';

/** What the reason of an entry was for, where its kind needs a word of its own. */
const REASONS: Partial<Record<EntryKind, string>> = { merge: '合并原因', reversal: '冲正原因' };

/** The story of one entry: what happened, how the numbers came about, which rule decided, every movement. */
export function renderEntry(story: EntryStory, isStaff: boolean): string {
  const { entry, root } = story;
  const kind = ENTRY_KINDS[entry.kind];
  const what = entry.kind === 'reversal' ? ENTRY_KINDS[root.kind] : null;
  const steps = calculationWords(story);
  const rules = ruleWords(story);
  return renderPage({
    title: `分录 #${entry.version}：${kind.zh}${what ? `（${what.zh}）` : ''}`,
    titleEn: `Entry ${entry.version}: ${kind.en}${what ? ` of ${what.en.toLowerCase()}` : ''}`,
    trail: trailOf(story),
    children: (
      <>
        <Standing {...story} />
        <Facts facts={factsOf(story, isStaff)} />
        {steps.length > 0 ? (
          <>
            <h2>
              <Both zh="怎样得出" en="How the numbers came about" />
            </h2>
            <ol class="steps">
              {steps.map((step) => (
                <li key={step.en}>
                  <Both {...step} />
                </li>
              ))}
            </ol>
          </>
        ) : null}
        {entry.policyVersion === null ? null : (
          <>
            <h2>
              <Both zh="依据的规则" en="The rule that decided" />
            </h2>
            <p>
              <Both {...policyWords(entry.policyVersion, story.pack)} />
            </p>
            <Sentences sentences={rules} />
          </>
        )}
        <h2>
          <Both zh="记账行" en="Postings" />
        </h2>
        <PostingTable {...story} />
      </>
    ),
  });
}

function trailOf({ entry, pack }: EntryStory) {
  const { learnerId, postings } = entry;
  const types = [...new Set(postings.flatMap(({ unit, creditType }) => (unit === 'centi' ? [creditType] : [])))];
  return [
    { href: statementPath(learnerId), name: { zh: '学分账户', en: 'Learning account' } },
    // A conversion belongs to two types alike: then the way leads back to the account.
    ...(types.length === 1
      ? types.map((type) => ({ href: creditPath(learnerId, type, null), name: creditTypeName(pack, type) }))
      : []),
  ];
}

/** Whether the entry counts, with links both ways to what undid it and what it undoes. */
function Standing({ entry, isLive }: EntryStory) {
  const { learnerId, reversesVersion, reversedByVersion } = entry;
  return (
    <div class={`status ${isLive ? 'good' : 'bad'}`}>
      {isLive ? (
        <>
          ✓ <Both zh="有效" en="Stands" />
        </>
      ) : (
        <>
          ✗ <Both zh="已冲正，不再计入" en="Undone: it no longer counts" />
        </>
      )}
      {reversedByVersion === null ? null : (
        <div>
          <a href={entryPath(learnerId, reversedByVersion)}>
            <Both zh={`冲正它的分录 #${reversedByVersion}`} en="the entry that undid it" />
          </a>
        </div>
      )}
      {reversesVersion === null ? null : (
        <div>
          <a href={entryPath(learnerId, reversesVersion)}>
            <Both zh={`被它冲正的分录 #${reversesVersion}`} en="the entry that it undoes" />
          </a>
        </div>
      )}
    </div>
  );
}

function factsOf({ entry, root, source, session, unitNames, course, pack }: EntryStory, isStaff: boolean): Fact[] {
  const provider = session?.providerName ?? course?.providerName ?? source?.provider ?? null;
  return [
    [
      { zh: '内容', en: 'What' },
      root.kind === 'award' && root.subject ? (
        <a href={documentPath('certificate', root.subject)}>
          <Both zh={`证书 ${root.subject}`} en="certificate" />
        </a>
      ) : (
        entryTitle(root, source, pack)
      ),
    ],
    [{ zh: '另一账户的分录', en: 'Entry of the other account' }, otherEntry(entry, isStaff)],
    [root.kind === 'recognition' ? { zh: '发证机构', en: 'Issuer' } : { zh: '办学机构', en: 'Provider' }, provider],
    [{ zh: '课次', en: 'Session' }, session && session.code],
    [{ zh: '上课时间', en: 'From, to' }, session && sessionHours(session)],
    [{ zh: '地点', en: 'Place' }, session && placeOf(session, unitNames)],
    [{ zh: '课程', en: 'Course' }, session ? session.courseCode : course && course.code],
    [{ zh: '成绩', en: 'Grade' }, gradeOf(root.detail)],
    [{ zh: REASONS[entry.kind] ?? '原因', en: 'Reason' }, entry.reason],
    [{ zh: '发生时间', en: 'Happened' }, shanghaiMinute(entry.occurredAt)],
    [{ zh: '记账时间', en: 'Recorded' }, shanghaiMinute(entry.recordedAt)],
    [{ zh: '登记方式', en: 'Came as' }, entry.kind === 'attendance' ? <Both {...originWords(entry.source)} /> : null],
    [{ zh: '记录者密钥', en: 'Recorded by key' }, isStaff ? <code>{entry.actor}</code> : null],
    [{ zh: '分录编号', en: 'Entry' }, <code>{entryId(entry.learnerId, entry.version)}</code>],
  ];
}

/** Where the other half of a merge stands. Learners open it with the key of that account, so for them it is no link. */
function otherEntry(entry: StatedEntry, isStaff: boolean) {
  const id = mergeDetailOf(entry)?.otherEntryId ?? null;
  const parsed = id === null ? null : parseEntryId(id);
  if (!parsed) return null;
  return isStaff ? <a href={entryPath(parsed.learnerId, parsed.version)}>{id}</a> : <code>{id}</code>;
}

/** `2024-06-03 09:00 至 10:30`; the second day only where it is another one. */
function sessionHours({ startsAt, endsAt }: { startsAt: number; endsAt: number }): string {
  const [from, to] = [shanghaiMinute(startsAt), shanghaiMinute(endsAt)];
  return `${from} 至 ${from.slice(0, 10) === to.slice(0, 10) ? to.slice(11) : to}`;
}

/** The room and where it is, city first; the code where the unit is not on record. */
function placeOf({ place, unitCode }: { place: string; unitCode: string }, unitNames: string[]): string {
  return `${place}（${unitNames.length > 0 ? unitNames.join(' ') : unitCode}）`;
}

function gradeOf(detail: unknown): string | null {
  const grade = (detail as { grade?: number | null } | null)?.grade;
  return grade == null ? null : String(grade);
}

function Sentences({ sentences }: { sentences: Named[] }) {
  return sentences.length === 0 ? null : (
    <ul>
      {sentences.map((sentence) => (
        <li key={sentence.en}>
          <Both {...sentence} />
        </li>
      ))}
    </ul>
  );
}

function PostingTable({ entry, pack, lotOrigins }: EntryStory) {
  return (
    <Table
      caption={
        <Both
          zh="每一行从一个账户转入另一个账户；余额为转账之后"
          en="Each row moves from one account to another; balances are after it"
        />
      }
      rows={entry.postings}
      empty={{ zh: '没有记账行。', en: 'No postings.' }}
      columns={[
        { head: { zh: '行', en: 'Line' }, cell: ({ line }) => <span class="nowrap">第 {line} 行</span> },
        { head: { zh: '从', en: 'From' }, cell: ({ source }) => <Account bucket={source} /> },
        { head: { zh: '到', en: 'To' }, cell: ({ destination }) => <Account bucket={destination} /> },
        {
          head: { zh: '学分类型', en: 'Type' },
          cell: ({ creditType }) => <span class="nowrap">{creditTypeName(pack, creditType).zh}</span>,
        },
        { head: { zh: '数量', en: 'Amount' }, isNumber: true, cell: ({ unit, amount }) => amountOf(unit, amount).zh },
        {
          head: { zh: '批次', en: 'Lot' },
          cell: (posting) => <LotLink learnerId={entry.learnerId} lotOrigins={lotOrigins} {...posting} />,
        },
        {
          head: { zh: '学习者余额', en: 'Balance after' },
          isNumber: true,
          cell: (posting) => <BalanceAfter {...posting} />,
        },
      ]}
    />
  );
}

function Account({ bucket }: { bucket: string }) {
  return <Both {...accountName(bucket)} />;
}

function LotLink({
  learnerId,
  lotOrigins,
  lot,
  version,
  validUntil,
}: Posting & Pick<EntryStory, 'lotOrigins'> & { learnerId: string }) {
  if (lot === null) return <>—</>;
  const origin = lotOrigins.get(lot);
  return (
    <>
      {origin === undefined || origin === version ? lot : <a href={entryPath(learnerId, origin)}>{lot}</a>}
      {validUntil === null ? null : (
        <div class="soft">
          <Both zh="有效至" en="valid until" /> <span class="nowrap">{validUntil}</span>
        </div>
      )}
    </>
  );
}

function BalanceAfter({ unit, source, destination, sourceAfter, destinationAfter }: Posting) {
  const text = (amount: number) => (unit === 'centi' ? formatCredit(amount) : amountOf(unit, amount).zh);
  return (
    <>
      {sourceAfter === null ? null : <After bucket={source} text={text(sourceAfter)} />}
      {destinationAfter === null ? null : <After bucket={destination} text={text(destinationAfter)} />}
    </>
  );
}

function After({ bucket, text }: { bucket: string; text: string }) {
  return (
    <div>
      {text}
      <div class="soft">{accountName(bucket).zh}</div>
    </div>
  );
}
