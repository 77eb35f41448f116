import type { CertificateSnapshot, IssuedDocument } from '../../certificates/certificates.port.js';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import { HolderFacts, Proof, RevokedBanner } from '../parts/document-frame.js';
import { SourceCell, sourceTime } from '../parts/source-cell.js';

/** A certificate as a sheet of A4, with everything that was frozen when it was issued. */
export function renderCertificate(document: IssuedDocument<CertificateSnapshot>, verifyAddress: string): string {
  const { snapshot, revocation } = document;
  return renderPage({
    title: snapshot.programme.title.zh,
    titleEn: snapshot.programme.title.en,
    paper: revocation ? 'void' : 'valid',
    children: (
      <>
        <p class="issuer">
          <Both {...snapshot.issuer} />
        </p>
        <RevokedBanner revocation={revocation} />
        <HolderFacts snapshot={snapshot} />
        <p class="attests">
          <Both
            zh={`经审核，该学习者已达到《${snapshot.programme.title.zh}》的全部要求，计 ${snapshot.total} 学分，特发此证。`}
            en={`This learner has met all requirements of "${snapshot.programme.title.en}" with ${snapshot.total} credit.`}
          />
        </p>
        <CertificateContent snapshot={snapshot} />
        <Proof document={document} verifyAddress={verifyAddress} />
      </>
    ),
  });
}

/** Credit by type and every line with its source. */
export function CertificateContent({ snapshot }: { snapshot: CertificateSnapshot }) {
  const typeName = (code: string) => snapshot.byType.find(({ creditType }) => creditType === code)?.name.zh ?? code;
  return (
    <>
      <h2>
        <Both zh="学分构成" en="Credit by type" />
      </h2>
      <Table
        caption={<Both zh={`依据规则 ${snapshot.policyVersion}`} en="Rules in force at issue" />}
        rows={snapshot.byType}
        empty={{ zh: '没有学分。', en: 'No credit.' }}
        columns={[
          { head: { zh: '学分类型', en: 'Type' }, cell: ({ name }) => <Both {...name} /> },
          { head: { zh: '学分', en: 'Credit' }, isNumber: true, cell: ({ amount }) => amount },
        ]}
        foot={[<Both zh="合计" en="Total" />, <strong>{snapshot.total}</strong>]}
      />
      <h2>
        <Both zh="学分来源" en="Where it came from" />
      </h2>
      <Table
        caption={<Both zh="每一行是一个批次用于本证书的部分" en="The part of each lot that this certificate used" />}
        rows={snapshot.lines}
        empty={{ zh: '没有明细。', en: 'No lines.' }}
        columns={[
          { head: { zh: '批次', en: 'Lot' }, cell: ({ lot }) => <span class="nowrap">批次 {lot}</span> },
          { head: { zh: '来源', en: 'Source' }, cell: ({ source }) => <SourceCell source={source} /> },
          { head: { zh: '日期', en: 'Day' }, cell: ({ source }) => <span class="nowrap">{source.day}</span> },
          { head: { zh: '学时', en: 'Study time' }, isNumber: true, cell: ({ source }) => sourceTime(source) },
          { head: { zh: '学分类型', en: 'Type' }, cell: ({ creditType }) => typeName(creditType) },
          { head: { zh: '学分', en: 'Credit' }, isNumber: true, cell: ({ amount }) => amount },
        ]}
        foot={[<Both zh="合计" en="Total" />, '', '', '', '', <strong>{snapshot.total}</strong>]}
      />
    </>
  );
}
