import type { IssuedDocument, TranscriptLine, TranscriptSnapshot } from '../../certificates/certificates.port.js';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { HolderFacts, Proof, RevokedBanner } from '../parts/document-frame.js';
import { SourceCell, sourceTime } from '../parts/source-cell.js';
import { PLACES } from '../words.js';
import { studyTime } from '../../policy/domain/pack-words.js';

type Total = TranscriptSnapshot['totals'][number];

/** A transcript as sheets of A4, as it was frozen. */
export function renderTranscript(document: IssuedDocument<TranscriptSnapshot>, verifyAddress: string): string {
  const { snapshot, revocation } = document;
  return renderPage({
    title: '终身学习成绩单',
    titleEn: 'Transcript of lifelong learning',
    paper: revocation ? 'void' : 'valid',
    children: (
      <>
        <p class="issuer">
          <Both {...snapshot.issuer} />
        </p>
        <RevokedBanner revocation={revocation} />
        <HolderFacts snapshot={snapshot} />
        <TranscriptContent snapshot={snapshot} />
        <Proof document={document} verifyAddress={verifyAddress} />
      </>
    ),
  });
}

/** Totals labelled with their day and scope, then for each type the lines that make them up. */
export function TranscriptContent({ snapshot }: { snapshot: TranscriptSnapshot }) {
  const { asOf, version, totals, lines } = snapshot;
  return (
    <>
      <p class="attests">
        <Both
          zh={`截至 ${asOf} 日终（北京时间），范围为本行账户全部 ${version} 条分录。`}
          en={`As of the end of ${asOf}, Beijing time; scope: all ${version} entries of the account.`}
        />
      </p>
      <h2>
        <Both zh="学分总计" en="Totals" />
      </h2>
      <Table
        caption={<Both zh={`截至 ${asOf}；认定为其余各列之和`} en="Recognised is the sum of the other columns" />}
        rows={totals}
        empty={{ zh: '截至该日没有学分。', en: 'No credit by that day.' }}
        columns={[
          { head: { zh: '学分类型', en: 'Type' }, cell: ({ name }) => <Both {...name} /> },
          {
            head: { zh: '认定', en: 'Recognised' },
            isNumber: true,
            cell: ({ recognised }) => <strong>{recognised}</strong>,
          },
          ...PLACES.map(({ bucket, name }) => ({ head: name, isNumber: true, cell: (total: Total) => total[bucket] })),
        ]}
      />
      <StudyTime snapshot={snapshot} />
      {totals.map((total) => (
        <Lines
          key={total.creditType}
          total={total}
          asOf={asOf}
          lines={lines.filter(({ creditType }) => creditType === total.creditType)}
        />
      ))}
    </>
  );
}

function StudyTime({ snapshot }: { snapshot: TranscriptSnapshot }) {
  const name = (code: string): Named =>
    snapshot.totals.find(({ creditType }) => creditType === code)?.name ?? { zh: code, en: code };
  return (
    <>
      <h2>
        <Both zh="学时" en="Study time" />
      </h2>
      <Table
        caption={<Both zh={`截至 ${snapshot.asOf}`} en="As of that day" />}
        rows={snapshot.studyTime}
        empty={{ zh: '截至该日没有学时。', en: 'No study time by that day.' }}
        columns={[
          { head: { zh: '学分类型', en: 'Type' }, cell: ({ creditType }) => <Both {...name(creditType)} /> },
          { head: { zh: '出勤', en: 'Attended' }, isNumber: true, cell: (time) => studyTime(time.attendedSeconds).zh },
          { head: { zh: '待折算', en: 'Waiting' }, isNumber: true, cell: (time) => studyTime(time.waitingSeconds).zh },
          ...(snapshot.studyTime.some(({ keptSeconds = 0 }) => keptSeconds !== 0)
            ? [
                {
                  head: { zh: '只作记录', en: 'Kept as time' },
                  isNumber: true,
                  cell: ({ keptSeconds = 0 }: TranscriptSnapshot['studyTime'][number]) => studyTime(keptSeconds).zh,
                },
              ]
            : []),
          { head: { zh: '待结业', en: 'Pending' }, isNumber: true, cell: (time) => studyTime(time.pendingSeconds).zh },
        ]}
      />
    </>
  );
}

function Lines({ total, lines, asOf }: { total: Total; lines: TranscriptLine[]; asOf: string }) {
  return (
    <>
      <h2>
        <Both zh={`${total.name.zh}明细`} en={total.name.en} />
      </h2>
      <Table
        caption={
          <Both
            zh={`截至 ${asOf}，按取得先后；合计行等于上面的总计`}
            en="In order of arrival; the last row is the total above"
          />
        }
        rows={lines}
        empty={{ zh: '没有明细。', en: 'No lines.' }}
        columns={[
          { head: { zh: '批次', en: 'Lot' }, cell: ({ lot }) => <span class="nowrap">批次 {lot}</span> },
          { head: { zh: '来源', en: 'Source' }, cell: ({ source }) => <SourceCell source={source} /> },
          { head: { zh: '日期', en: 'Day' }, cell: ({ source }) => <span class="nowrap">{source.day}</span> },
          { head: { zh: '学时', en: 'Study time' }, isNumber: true, cell: ({ source }) => sourceTime(source) },
          { head: { zh: '认定', en: 'Recognised' }, isNumber: true, cell: ({ recognised }) => recognised },
          { head: { zh: '去向', en: 'Where' }, cell: (line) => <Where amounts={line} /> },
          {
            head: { zh: '有效至', en: 'Valid until' },
            cell: ({ validUntil }) =>
              validUntil === null ? <Both zh="长期" en="for ever" /> : <span class="nowrap">{validUntil}</span>,
          },
        ]}
        foot={[
          <Both zh="合计" en="Total" />,
          '',
          '',
          '',
          <strong>{total.recognised}</strong>,
          <Where amounts={total} />,
          '',
        ]}
      />
    </>
  );
}

/** Where credit is, without the places that have none. */
function Where({ amounts }: { amounts: Record<(typeof PLACES)[number]['bucket'], string> }) {
  return (
    <ul class="inline">
      {PLACES.filter(({ bucket }) => amounts[bucket] !== '0.00').map(({ bucket, name }) => (
        <li key={bucket}>
          {name.zh} <span class="nowrap">{amounts[bucket]}</span>
        </li>
      ))}
    </ul>
  );
}
