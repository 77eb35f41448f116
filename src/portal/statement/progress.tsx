import { formatCredit } from '../../kernel/credit.js';
import { Both } from '../../platform/pages/both.js';
import { Table } from '../../platform/pages/table.js';
import { studyTime } from '../../policy/domain/pack-words.js';
import { entryPath } from '../paths.js';
import type { ProgressLine, StatementContent } from './read-statement.service.js';

type Line = ProgressLine['buckets'][number] | ProgressLine['items'][number];

/** Every award of today's rules: have, need, missing, and which lots count. */
export function Progress({ progress, learnerId, lots }: StatementContent) {
  const versionOf = new Map(lots.map(({ lot, version }) => [lot, version]));
  return (
    <>
      {progress.map((line) => (
        <Award key={line.programme.code} line={line} lotPath={(lot) => entryPath(learnerId, versionOf.get(lot)!)} />
      ))}
    </>
  );
}

interface AwardProps {
  line: ProgressLine;
  /** Address of the entry that brought a lot in. */
  lotPath: (lot: number) => string;
}

function Award({ line, lotPath }: AwardProps) {
  const { programme, isMet, total, buckets, items, floors, notCounting } = line;
  const counted = Math.min(total.have, total.need);
  return (
    <section class="award">
      <h3>
        <Both {...programme.title} />
      </h3>
      <p>
        {isMet ? (
          <strong class="good">
            ✓{' '}
            <Both
              zh="已达到全部要求，可向登记处申请颁证"
              en="All requirements are met: ask a registrar for the certificate"
            />
          </strong>
        ) : (
          <strong>
            <Both
              zh={`合计 ${formatCredit(total.have)} / ${formatCredit(total.need)} 学分${total.missing > 0 ? `，还差 ${formatCredit(total.missing)}` : ''}`}
              en={`${formatCredit(total.have)} of ${formatCredit(total.need)} credit in all`}
            />
          </strong>
        )}
      </p>
      <progress value={counted} max={total.need} aria-label={`${programme.title.zh} 进度 progress`}>
        {formatCredit(counted)} / {formatCredit(total.need)}
      </progress>
      <Table
        caption={
          <Both zh="各项要求（只计可用且在有效期内的学分）" en="Requirements; only available, valid credit counts" />
        }
        rows={[...buckets, ...items, ...floors]}
        empty={{ zh: '没有分项要求。', en: 'No further requirements.' }}
        columns={[
          {
            head: { zh: '类别', en: 'What' },
            cell: ({ name }) => <Both {...name} />,
          },
          { head: { zh: '要求', en: 'Need' }, isNumber: true, cell: ({ need, unit }) => amount(need, unit) },
          { head: { zh: '已有', en: 'Have' }, isNumber: true, cell: ({ have, unit }) => amount(have, unit) },
          {
            head: { zh: '还差', en: 'Missing' },
            isNumber: true,
            cell: (row) => <Missing line={line} row={row} />,
          },
          {
            head: { zh: '计入的批次', en: 'What counts' },
            cell: ({ counting }) => <Counting lotPath={lotPath} counting={counting} />,
          },
        ]}
      />
      <NotCounting lotPath={lotPath} notCounting={notCounting} />
    </section>
  );
}

function amount(value: number, unit: Line['unit']): string {
  return unit === 'count' ? `${value}` : formatCredit(value);
}

function Missing({ line, row: { code, missing, unit } }: { line: ProgressLine; row: Line }) {
  const seconds = line.missingSeconds.get(code);
  if (missing === 0) return <>{amount(0, unit)}</>;
  return (
    <>
      <strong>{amount(missing, unit)}</strong>
      {seconds === undefined ? null : (
        <div class="soft">
          <Both zh={`约再学 ${studyTime(seconds).zh}`} en={`about ${studyTime(seconds).en}`} />
        </div>
      )}
    </>
  );
}

const LOTS_SHOWN = 3;

function Counting({ lotPath, counting }: Pick<AwardProps, 'lotPath'> & Pick<Line, 'counting'>) {
  if (counting.length === 0) return <>—</>;
  const more = counting.length - LOTS_SHOWN;
  return (
    <ul class="inline">
      {counting.slice(0, LOTS_SHOWN).map(({ lot, amountCenti }) => (
        <li key={lot}>
          <a href={lotPath(lot)}>批次 {lot}</a> {formatCredit(amountCenti)}
        </li>
      ))}
      {more > 0 ? (
        <li>
          <Both zh={`还有 ${more} 个批次`} en={`${more} more`} />
        </li>
      ) : null}
    </ul>
  );
}

/** Lots that could have been expected to count; what is used elsewhere is told on its own page. */
function NotCounting({ lotPath, notCounting }: Pick<AwardProps, 'lotPath'> & Pick<ProgressLine, 'notCounting'>) {
  const rows = notCounting.filter(({ reason }) => reason !== 'spoken-for' && reason !== 'no-bucket');
  if (rows.length === 0) return null;
  return (
    <details>
      <summary>
        <Both zh={`${rows.length} 个批次不计入或未全部计入`} en={`${rows.length} lots do not count, or not fully`} />
      </summary>
      <ul>
        {rows.slice(0, 50).map(({ lot, title, amountCenti, reason, why }) => (
          <li key={`${lot} ${reason}`}>
            <a href={lotPath(lot)}>批次 {lot}</a> 《{title}》 {formatCredit(amountCenti)}：<Both {...why} />
          </li>
        ))}
      </ul>
    </details>
  );
}
