import { formatCredit } from '../../kernel/credit.js';
import type { StudyTimeSummary } from '../../ledger/domain/summarise.js';
import { Both } from '../../platform/pages/both.js';
import { Table } from '../../platform/pages/table.js';
import { creditPath, placePath, studyTimePath } from '../paths.js';
import { PLACES } from '../words.js';
import { creditTypeName, studyTime } from '../../policy/domain/pack-words.js';
import type { StatementContent } from './read-statement.service.js';

/** The number people come for: available credit by type, large, each with its story behind it. */
export function Balance({ credits, statement, pack, asOf, learnerId }: StatementContent) {
  if (credits.length === 0) {
    return (
      <p class="empty">
        <Both
          zh="还没有学分。参加已批准的课程并由办学机构登记出勤后，学时和学分会显示在这里。"
          en="No credit yet. Once a provider records your attendance, study time and credit appear here."
        />
      </p>
    );
  }
  return (
    <ul class="figures hero">
      {credits.map(({ creditType, availableCenti, outlivedCenti }) => (
        <li key={creditType}>
          <a href={placePath(learnerId, creditType, asOf.day, 'available')}>
            <strong>{formatCredit(availableCenti)}</strong>
            <Both {...creditTypeName(pack, creditType)} />
          </a>
          {outlivedCenti > 0 ? (
            <p>
              <Both
                zh={`其中 ${formatCredit(outlivedCenti)} 已过有效期，不能再转换或用于证书`}
                en={`${formatCredit(outlivedCenti)} of it is past its validity`}
              />
            </p>
          ) : null}
          <TimeBeside creditType={creditType} statement={statement} />
        </li>
      ))}
    </ul>
  );
}

function TimeBeside({ creditType, statement }: { creditType: string; statement: StatementContent['statement'] }) {
  const time = statement.studyTime.find((summary) => summary.creditType === creditType);
  return time ? (
    <p>
      <Both zh={`出勤 ${studyTime(time.attendedSeconds).zh}`} en={`${studyTime(time.attendedSeconds).en} attended`} />
    </p>
  ) : null;
}

/** Where all credit is: the parts of every row add up to what was recognised. */
export function CreditTable({ credits, pack, asOf, learnerId }: StatementContent) {
  return (
    <Table
      caption={
        <Both
          zh="认定 = 可用 + 冻结 + 已用于证书 + 已转出 + 已过期；单位：学分"
          en="Recognised is the sum of the other columns; credit"
        />
      }
      rows={credits}
      empty={{ zh: '还没有学分。', en: 'No credit yet.' }}
      columns={[
        {
          head: { zh: '学分类型', en: 'Type' },
          cell: ({ creditType }) => <Both {...creditTypeName(pack, creditType)} />,
        },
        ...PLACES.map(({ bucket, field, name }) => ({
          head: name,
          isNumber: true,
          cell: (credit: StatementContent['credits'][number]) => (
            <a href={placePath(learnerId, credit.creditType, asOf.day, bucket)}>{formatCredit(credit[field])}</a>
          ),
        })),
        {
          head: { zh: '累计认定', en: 'Recognised' },
          isNumber: true,
          cell: ({ creditType, recognisedCenti }) => (
            <a href={creditPath(learnerId, creditType, asOf.day)}>
              <strong>{formatCredit(recognisedCenti)}</strong>
            </a>
          ),
        },
      ]}
    />
  );
}

/** Study time by type, and where it stands on its way to credit. */
export function StudyTimeTable({ statement, pack, asOf, learnerId }: StatementContent) {
  const link = (creditType: string, seconds: number) => (
    <a href={studyTimePath(learnerId, creditType, asOf.day)}>
      <Both {...studyTime(seconds)} />
    </a>
  );
  const hasKept = statement.studyTime.some(({ keptSeconds }) => keptSeconds !== 0);
  return (
    <Table
      caption={
        <Both
          zh={`出勤 = 已折算为学分 + 待折算 + ${hasKept ? '只作记录 + ' : ''}待结业`}
          en={`Attended is what became credit, what waits to fill a step,${hasKept ? ' what is kept as time,' : ''} and what waits for a course`}
        />
      }
      rows={statement.studyTime}
      empty={{ zh: '还没有学时。', en: 'No study time yet.' }}
      columns={[
        {
          head: { zh: '学分类型', en: 'Type' },
          cell: ({ creditType }) => <Both {...creditTypeName(pack, creditType)} />,
        },
        {
          head: { zh: '出勤', en: 'Attended' },
          isNumber: true,
          cell: ({ creditType, attendedSeconds }) => link(creditType, attendedSeconds),
        },
        {
          head: { zh: '待折算', en: 'Waiting' },
          isNumber: true,
          cell: ({ creditType, waitingSeconds }) => link(creditType, waitingSeconds),
        },
        ...(hasKept
          ? [
              {
                head: { zh: '只作记录', en: 'Kept as time' },
                isNumber: true,
                cell: ({ creditType, keptSeconds }: StudyTimeSummary) => link(creditType, keptSeconds),
              },
            ]
          : []),
        {
          head: { zh: '待结业', en: 'Pending' },
          isNumber: true,
          cell: ({ creditType, pendingSeconds }) => link(creditType, pendingSeconds),
        },
      ]}
    />
  );
}
