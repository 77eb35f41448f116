import { formatCredit } from '../../kernel/credit.js';
import { Both } from '../../platform/pages/both.js';
import { Table } from '../../platform/pages/table.js';
import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import { entryPath, placePath } from '../paths.js';
import { creditTypeName, studyTime } from '../words.js';
import type { ProgressLine, StatementContent } from './read-statement.service.js';

type Requirement = ProgressLine['requirements'][number];

/** Every award of today's rules: have, need, missing, and which lots count. */
export function Progress({ progress, pack, learnerId, lots }: StatementContent) {
  const versionOf = new Map(lots.map(({ lot, version }) => [lot, version]));
  return (
    <>
      {progress.map((line) => (
        <Award
          key={line.programme.code}
          line={line}
          pack={pack}
          learnerId={learnerId}
          lotPath={(lot) => entryPath(learnerId, versionOf.get(lot)!)}
        />
      ))}
    </>
  );
}

interface AwardProps {
  line: ProgressLine;
  pack: PolicyPack | null;
  learnerId: string;
  /** Address of the entry that brought a lot in. */
  lotPath: (lot: number) => string;
}

function Award({ line, pack, learnerId, lotPath }: AwardProps) {
  const { programme, isMet, total, requirements } = line;
  const counted = Math.min(total.haveCenti, total.needCenti);
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
              zh={`合计 ${formatCredit(total.haveCenti)} / ${formatCredit(total.needCenti)} 学分${total.missingCenti > 0 ? `，还差 ${formatCredit(total.missingCenti)}` : ''}`}
              en={`${formatCredit(total.haveCenti)} of ${formatCredit(total.needCenti)} credit in all`}
            />
          </strong>
        )}
      </p>
      <progress value={counted} max={total.needCenti} aria-label={`${programme.title.zh} 进度 progress`}>
        {formatCredit(counted)} / {formatCredit(total.needCenti)}
      </progress>
      <Table
        caption={
          <Both zh="各项要求（只计可用且在有效期内的学分）" en="Requirements; only available, valid credit counts" />
        }
        rows={requirements}
        empty={{ zh: '没有分项要求。', en: 'No further requirements.' }}
        columns={[
          {
            head: { zh: '学分类型', en: 'Type' },
            cell: ({ creditType }) => <Both {...creditTypeName(pack, creditType)} />,
          },
          { head: { zh: '要求', en: 'Need' }, isNumber: true, cell: ({ needCenti }) => formatCredit(needCenti) },
          { head: { zh: '已有', en: 'Have' }, isNumber: true, cell: ({ haveCenti }) => formatCredit(haveCenti) },
          {
            head: { zh: '还差', en: 'Missing' },
            isNumber: true,
            cell: (requirement) => <Missing line={line} {...requirement} />,
          },
          {
            head: { zh: '计入的批次', en: 'What counts' },
            cell: (requirement) => <Counting learnerId={learnerId} lotPath={lotPath} {...requirement} />,
          },
        ]}
      />
    </section>
  );
}

function Missing({ line, creditType, missingCenti }: Requirement & { line: ProgressLine }) {
  const seconds = line.missingSeconds.get(creditType);
  if (missingCenti === 0) return <>0.00</>;
  return (
    <>
      <strong>{formatCredit(missingCenti)}</strong>
      {seconds === undefined ? null : (
        <div class="soft">
          <Both zh={`约再学 ${studyTime(seconds).zh}`} en={`about ${studyTime(seconds).en}`} />
        </div>
      )}
    </>
  );
}

const LOTS_SHOWN = 3;

function Counting({
  learnerId,
  lotPath,
  creditType,
  counting,
}: Requirement & Pick<AwardProps, 'learnerId' | 'lotPath'>) {
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
          <a href={placePath(learnerId, creditType, null, 'available')}>
            <Both zh={`还有 ${more} 个批次`} en="more lots" />
          </a>
        </li>
      ) : null}
    </ul>
  );
}
