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
    conversions: conversionsOf(report),
    points: { ...report.points, difference: report.points.after - report.points.before },
    awards: { ...report.awards, note: AWARD_NOTE },
    largestGains: report.largestGains.map(one),
    largestLosses: report.largestLosses.map(one),
    notLookedAt: {
      entries: leftOut(report),
      byKind: report.notLookedAt.map(({ kind, entries }) => ({ kind, name: ENTRY_KINDS[kind], entries })),
      note: noteOf(report),
    },
  };
}

/** What its numbers rest on, in both languages. */
const CONVERSION_NOTE =
  '各笔转换按当时的申请、以草案下当时可用的学分重新决定，得失合计为各类学分相加 ' +
  'Each is decided again as it was asked, on the credit the draft would have left; who gains and loses adds up all types';
const AWARD_NOTE =
  '未撤销的证书按颁发当时账面的学分重新测算 ' +
  'Certificates that stand, measured again on the credit the book had when each was issued';

function conversionsOf({ conversions: { looked, changed, refused } }: DifferenceReport) {
  return { looked, unchanged: looked - changed - refused, changed, refused, note: CONVERSION_NOTE };
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
 * The report as a table: one line a group, one a learner among the largest differences, one a reason of refusal; points in
 * whole numbers; conversions and awards by what became of them; one a kind of entry that was not looked at, and the last ones
 * say in words what the numbers rest on and what they leave out.
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
    ...said.newlyRefused.map(({ code, count }) => counted('newly-refused', code, count)),
    pointLine(said.points),
    ...CONVERSION_LINES.map(([group, name]) => counted('conversions', group, said.conversions[name])),
    ...AWARD_LINES.map(([group, name]) => counted('awards', group, said.awards[name])),
    ...said.notLookedAt.byKind.map(({ kind, entries }) => counted('not-looked-at', kind, entries)),
    noted(said.conversions.note, said.conversions.looked),
    noted(said.awards.note, said.awards.looked),
    noted(said.notLookedAt.note, said.notLookedAt.entries),
  ];
}

const CONVERSION_LINES = [
  ['unchanged', 'unchanged'],
  ['changed', 'changed'],
  ['refused', 'refused'],
] as const;
const AWARD_LINES = [
  ['still-met', 'stillMet'],
  ['no-longer-met', 'noLongerMet'],
  ['programme-gone', 'programmeGone'],
] as const;

function counted(by: string, group: string, count: number): string {
  return `${by},${group},,,,,,,${count}`;
}

function noted(words: string, count: number): string {
  return `note,"${words}",,,,,,,${count}`;
}

function pointLine({ learners, gain, lose, before, after, difference }: ReturnType<typeof toReportJson>['points']) {
  return ['points', '', learners, gain, lose, before, after, difference, ''].join(',');
}
