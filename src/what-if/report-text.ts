import { formatCredit } from '../kernel/credit.js';
import { ENTRY_KINDS } from '../ledger/domain/entry-words.js';
import type { DifferenceReport, GroupDifference } from './domain/difference-report.js';

const GROUPS = [
  ['credit-type', 'byCreditType'],
  ['unit', 'byUnit'],
  ['age', 'byAge'],
] as const;

/** The report for machines: credit as decimal text. */
export function toReportJson(report: DifferenceReport) {
  const group = ({ group: name, learners, gain, lose, ...centi }: GroupDifference) => ({
    group: name,
    learners,
    gain,
    lose,
    before: formatCredit(centi.beforeCenti),
    after: formatCredit(centi.afterCenti),
    difference: formatCredit(centi.differenceCenti),
  });
  const one = ({ learnerId, differenceCenti }: DifferenceReport['largestGains'][number]) => ({
    learnerId,
    difference: formatCredit(differenceCenti),
  });
  return {
    learners: report.learners,
    gain: report.gain,
    lose: report.lose,
    unchanged: report.unchanged,
    byCreditType: report.byCreditType.map(group),
    byUnit: report.byUnit.map(group),
    byAge: report.byAge.map(group),
    newlyRefused: report.newlyRefused,
    largestGains: report.largestGains.map(one),
    largestLosses: report.largestLosses.map(one),
    notLookedAt: {
      entries: leftOut(report),
      byKind: report.notLookedAt.map(({ kind, entries }) => ({ kind, name: ENTRY_KINDS[kind], entries })),
      note: noteOf(report),
    },
  };
}

function leftOut({ notLookedAt }: DifferenceReport): number {
  return notLookedAt.reduce((sum, { entries }) => sum + entries, 0);
}

/** What the numbers do not speak of, in both languages: a difference of nothing is not a promise of no change. */
function noteOf(report: DifferenceReport): string {
  const count = leftOut(report);
  if (count === 0) return '期间内的分录全部参与试算 The draft was tried on every entry of the period';
  const list = (language: 'zh' | 'en', comma: string) =>
    report.notLookedAt.map(({ kind, entries }) => `${ENTRY_KINDS[kind][language]} ${entries}`).join(comma);
  const zh = `期间内有 ${count} 笔分录未参与试算（${list('zh', '、')}），以上数字不含它们的变化`;
  const en = `${count} entries of the period were not looked at (${list('en', ', ')}): the numbers say nothing of them`;
  return `${zh} ${en}`;
}

/**
 * The report as a table: one line a group, one a learner among the largest differences, one a kind of entry that was not
 * looked at, and a last one that says so in words.
 */
export function toReportCsv(report: DifferenceReport): string[] {
  const said = toReportJson(report);
  return [
    'by,group,learners,gain,lose,before,after,difference,entries',
    ...GROUPS.flatMap(([by, list]) =>
      said[list].map(({ group, learners, gain, lose, before, after, difference }) =>
        [by, group, learners, gain, lose, before, after, difference, ''].join(','),
      ),
    ),
    ...[...said.largestGains, ...said.largestLosses].map(({ learnerId, difference }) =>
      ['learner', learnerId, 1, '', '', '', '', difference, ''].join(','),
    ),
    ...said.notLookedAt.byKind.map(({ kind, entries }) => `not-looked-at,${kind},,,,,,,${entries}`),
    `note,"${said.notLookedAt.note}",,,,,,,${said.notLookedAt.entries}`,
  ];
}
