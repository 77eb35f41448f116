import type { ComponentChildren } from 'preact';
import { Both } from '../../platform/pages/both.js';
import { renderPage } from '../../platform/pages/layout.js';
import { Table } from '../../platform/pages/table.js';
import type { Named } from '../../policy/domain/schema-parts.js';
import { AsOfForm, AsOfLine } from '../parts/as-of-form.js';
import { EntryStatus } from '../parts/entry-table.js';
import { MistakeSummary } from '../parts/mistake.js';
import { WhyNotYet } from '../parts/why-not-yet.js';
import { entryPath, nextPath, statementPath, studyTimePath } from '../paths.js';
import { ENTRY_KINDS } from '../../ledger/domain/entry-words.js';
import { creditTypeName, studyTime } from '../../policy/domain/pack-words.js';
import type { StudyTimeContent, StudyTimeLine } from './read-study-time.service.js';

/** The story of study time: every visit, what of it became credit, and what waits. */
export function renderStudyTime(content: StudyTimeContent, mistake: Named | null): string {
  const { learnerId, asOf, summary, pack, page, statement, entryCount, tariff } = content;
  const type = creditTypeName(pack, summary.creditType);
  const path = studyTimePath(learnerId, summary.creditType, null);
  return renderPage({
    title: `${type.zh}：学时`,
    titleEn: `${type.en}: study time`,
    trail: [{ href: statementPath(learnerId, asOf.day), name: { zh: '学分账户', en: 'Learning account' } }],
    children: (
      <>
        {mistake ? <MistakeSummary field="asOf" mistake={mistake} /> : null}
        <ul class="figures">
          <Figure seconds={summary.attendedSeconds} name={{ zh: '出勤', en: 'Attended' }} />
          <Figure seconds={accruedSeconds(content)} name={{ zh: '已折算为学分', en: 'Turned into credit' }} />
          <Figure seconds={summary.waitingSeconds} name={{ zh: '待折算', en: 'Waiting' }} />
          {summary.keptSeconds === 0 ? null : (
            <Figure seconds={summary.keptSeconds} name={{ zh: '只作记录', en: 'Kept as time' }} />
          )}
          <Figure seconds={summary.pendingSeconds} name={{ zh: '待结业', en: 'Pending' }} />
        </ul>
        <AsOfLine asOf={asOf} lastChangeAt={statement.lastChangeAt} />
        {tariff ? (
          <p>
            <Both zh={`折算规则：${tariff.zh}。`} en={`Rule: ${tariff.en}.`} />
          </p>
        ) : null}
        <WhyNotYet waits={content.waits} courseWaits={content.courseWaits} pack={pack} />
        <AsOfForm asOf={asOf} path={path} mistake={mistake} />
        <h2>
          <Both zh="由哪些分录构成" en="Made of these entries" />
        </h2>
        <Table
          caption={
            <Both
              zh={`共 ${entryCount} 条，新的在前；每列之和即上面的数字`}
              en="Newest first; each column adds up to the figure above"
            />
          }
          rows={page.items}
          empty={{ zh: '没有分录。', en: 'No entries.' }}
          columns={[
            {
              head: { zh: '分录', en: 'Entry' },
              cell: ({ version, kind }) => (
                <a href={entryPath(learnerId, version)}>
                  #{version} <Both {...ENTRY_KINDS[kind]} />
                </a>
              ),
            },
            { head: { zh: '发生日', en: 'Day' }, cell: ({ day }) => <span class="nowrap">{day}</span> },
            { head: { zh: '课程', en: 'Course' }, cell: courseCell },
            { head: { zh: '出勤', en: 'Attended' }, isNumber: true, cell: (line) => seconds(line.attendedSeconds) },
            { head: { zh: '已折算', en: 'To credit' }, isNumber: true, cell: (line) => seconds(line.accruedSeconds) },
            { head: { zh: '待折算', en: 'Waiting' }, isNumber: true, cell: (line) => seconds(line.waitingSeconds) },
            ...(summary.keptSeconds === 0
              ? []
              : [
                  {
                    head: { zh: '只作记录', en: 'Kept' },
                    isNumber: true,
                    cell: (line: StudyTimeLine) => seconds(line.keptSeconds),
                  },
                ]),
            { head: { zh: '待结业', en: 'Pending' }, isNumber: true, cell: (line) => seconds(line.pendingSeconds) },
            { head: { zh: '状态', en: 'Status' }, cell: (line) => <EntryStatus {...line} /> },
          ]}
          foot={[
            <Both zh="合计" en="Total" />,
            '',
            '',
            seconds(summary.attendedSeconds),
            seconds(accruedSeconds(content)),
            seconds(summary.waitingSeconds),
            ...(summary.keptSeconds === 0 ? [] : [seconds(summary.keptSeconds)]),
            seconds(summary.pendingSeconds),
            '',
          ]}
        />
        {page.next === null ? null : (
          <p class="screen">
            <a class="button plain" href={nextPath(path, asOf.day, page.next)}>
              <Both zh="更早的分录" en="Earlier entries" />
            </a>
          </p>
        )}
      </>
    ),
  });
}

function Figure({ seconds: value, name }: { seconds: number; name: Named }) {
  return (
    <li>
      <strong class="time">{studyTime(value).zh}</strong>
      <Both {...name} />
    </li>
  );
}

/** Time moved to `accrued` plus time left, waiting or kept, is the time attended (DOMAIN invariant 15). */
function accruedSeconds({ summary }: StudyTimeContent): number {
  return summary.attendedSeconds - summary.waitingSeconds - summary.keptSeconds - summary.pendingSeconds;
}

function courseCell({ title, provider }: StudyTimeLine): ComponentChildren {
  return (
    <>
      {title}
      {provider ? <div class="soft">{provider}</div> : null}
    </>
  );
}

function seconds(value: number): string {
  return value === 0 ? '—' : studyTime(value).zh;
}
