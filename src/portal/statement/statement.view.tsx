import { shanghaiDay } from '../../kernel/clock.js';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { AsOfForm, AsOfLine } from '../parts/as-of-form.js';
import { EntryTable } from '../parts/entry-table.js';
import { MistakeSummary } from '../parts/mistake.js';
import { WhyNotYet } from '../parts/why-not-yet.js';
import { documentPath, nextPath, statementPath, verifyPath } from '../paths.js';
import { ACCOUNT_STATUSES, DOCUMENT_KINDS, IDENTITY_TYPES, MERGED_ACCOUNT } from '../words.js';
import { Balance, CreditTable, StudyTimeTable } from './balance.js';
import { ExpiryNotices, HonoursInWords } from './honours.js';
import { Progress } from './progress.js';
import type { StatementContent } from './read-statement.service.js';

/** A learner's account on one page: the balance first, then everything it is made of. */
export function renderStatement(content: StatementContent, mistake: Named | null): string {
  const { holder, asOf, statement, credits, pack, recent, progress, documents } = content;
  const path = statementPath(holder.learnerId);
  return renderPage({
    title: '学分账户',
    titleEn: 'Learning account',
    children: (
      <>
        {mistake ? <MistakeSummary field="asOf" mistake={mistake} /> : null}
        <HolderLine holder={holder} />
        <section class="balance">
          <Heading zh="可用学分" en="Available credit" />
          <Balance {...content} />
          <AsOfLine asOf={asOf} lastChangeAt={statement.lastChangeAt} />
        </section>
        <ExpiryNotices {...content} />
        <AsOfForm asOf={asOf} path={path} mistake={mistake} />
        {credits.length > 0 ? (
          <>
            <Heading zh="学分在哪里" en="Where the credit is" />
            <CreditTable {...content} />
          </>
        ) : null}
        <Heading zh="学时" en="Study time" />
        <StudyTimeTable {...content} />
        <WhyNotYet {...content} />
        {progress.length > 0 ? (
          <>
            <Heading zh="离证书还有多远" en="How far the certificates are" />
            <Progress {...content} />
          </>
        ) : null}
        {content.honours ? (
          <>
            <Heading zh="积分与荣誉" en="Points and honours" />
            <HonoursInWords honours={content.honours} />
          </>
        ) : null}
        {asOf.day === null ? (
          <>
            <Heading zh="证书和成绩单" en="Certificates and transcripts" />
            <DocumentTable documents={documents} />
          </>
        ) : null}
        <Heading zh="分录" en="Entries" id="entries" />
        <EntryTable caption={<Both zh="新的在前" en="Newest first" />} lines={recent.items} pack={pack} />
        {recent.next === null ? null : (
          <p class="screen">
            <a class="button plain" href={`${nextPath(path, asOf.day, recent.next)}#entries`}>
              <Both zh="更早的分录" en="Earlier entries" />
            </a>
          </p>
        )}
      </>
    ),
  });
}

function Heading({ zh, en, id }: Named & { id?: string }) {
  return (
    <h2 id={id}>
      <Both zh={zh} en={en} />
    </h2>
  );
}

function HolderLine({ holder }: Pick<StatementContent, 'holder'>) {
  const type = IDENTITY_TYPES[holder.identityType] ?? { zh: holder.identityType, en: holder.identityType };
  return (
    <p class="holder">
      <strong>{holder.name}</strong>
      <span>
        {type.zh} <span class="nowrap">{holder.maskedIdentity}</span>
      </span>
      <span class={`tag ${holder.status}`}>
        <Both {...(holder.mergedInto ? MERGED_ACCOUNT : ACCOUNT_STATUSES[holder.status])} />
      </span>
    </p>
  );
}

function DocumentTable({ documents }: Pick<StatementContent, 'documents'>) {
  return (
    <Table
      caption={<Both zh="点编号打开可打印的文件" en="Open a serial to print it" />}
      rows={documents}
      empty={{ zh: '还没有证书或成绩单。', en: 'None yet.' }}
      columns={[
        {
          head: { zh: '编号', en: 'Serial' },
          cell: ({ kind, serial }) => <a href={documentPath(kind, serial)}>{serial}</a>,
        },
        { head: { zh: '种类', en: 'Kind' }, cell: ({ kind }) => <Both {...DOCUMENT_KINDS[kind]} /> },
        { head: { zh: '签发日', en: 'Issued' }, cell: ({ issuedAt }) => shanghaiDay(issuedAt) },
        {
          head: { zh: '状态', en: 'Status' },
          cell: ({ isRevoked }) =>
            isRevoked ? (
              <strong class="bad">
                ✗ <Both zh="已撤销" en="Revoked" />
              </strong>
            ) : (
              <span class="good">
                ✓ <Both zh="有效" en="Valid" />
              </span>
            ),
        },
        {
          head: { zh: '公开验证页', en: 'Public page' },
          cell: ({ serial }) => (
            <a href={verifyPath(serial)}>
              <Both zh="验证" en="Verify" />
            </a>
          ),
        },
      ]}
    />
  );
}
