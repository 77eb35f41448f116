import { formatCredit } from '../kernel/credit.js';
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
  };
}

/** The report as a table: one line a group, then one a learner among the largest differences. */
export function toReportCsv(report: DifferenceReport): string[] {
  const said = toReportJson(report);
  return [
    'by,group,learners,gain,lose,before,after,difference',
    ...GROUPS.flatMap(([by, list]) =>
      said[list].map(({ group, learners, gain, lose, before, after, difference }) =>
        [by, group, learners, gain, lose, before, after, difference].join(','),
      ),
    ),
    ...[...said.largestGains, ...said.largestLosses].map(({ learnerId, difference }) =>
      ['learner', learnerId, 1, '', '', '', '', difference].join(','),
    ),
  ];
}
