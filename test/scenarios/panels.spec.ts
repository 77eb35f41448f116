import { Refusal } from '../../src/kernel/refusal.js';
import { panelOf } from '../../src/recognition/domain/panel.js';
import type { RecognisedClass, RecognitionCase } from '../../src/recognition/domain/recognition-case.js';
import { takeStep, type AskedStep } from '../../src/recognition/domain/take-step.js';
import { aDraft, aPaper } from '../domain/recognition/a-case.js';
import { centiOf, packOf, readTable, type Row } from './read-table.js';

const NOW = Date.parse('2024-06-03T01:00:00Z');
/** Nine years in the trade by then. */
const EXPERT = '2015-03-01';

/** Steps of a row: handed in, approved by the first reviewer, then its votes; `yes*` is the vote of an expert. */
function stepsOf(row: Row, creditType: string): AskedStep[] {
  const given = row['reviewed credit'] ? centiOf(row['reviewed credit']) : null;
  const worth = row['item'] ? null : { creditType, centi: given, level: null, isAssessed: true };
  const votes = row['votes']!.split(' ').filter((vote) => vote !== '');
  return [
    { step: 'submission', actor: 'applicant', role: 'learner' },
    { step: 'preliminary-review', actor: 'first', role: 'registrar', outcome: 'approved', worth },
    ...votes.map((vote, index): AskedStep => ({
      step: 'panel-vote',
      actor: `member ${index}`,
      role: 'registrar',
      expertSince: vote.endsWith('*') ? EXPERT : null,
      outcome: vote.startsWith('yes') ? 'approved' : 'rejected',
      reasonCode: 'NOT-IN-SCOPE',
    })),
  ];
}

/** Where the case stands after all steps, or the refusal of the first that cannot be taken. */
function resultOf(row: Row): { panel: string; result: string } {
  const pack = packOf(row);
  const creditType = row['pack'] === 'taiyuan-default' ? 'vocational' : pack.creditTypes[0]!.code;
  const paper = aPaper({
    outcomeClass: row['class'] as RecognisedClass,
    item: row['item'] || null,
    rawCenti: row['raw credit'] ? centiOf(row['raw credit']) : null,
  });
  let file: RecognitionCase = aDraft('applicant', paper);
  const panelCode = () => panelOf(file)?.code ?? '';
  try {
    for (const asked of stepsOf(row, creditType)) file = takeStep(file, asked, { pack, nowMs: NOW });
    return { panel: panelCode(), result: file.state };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { panel: panelCode(), result: error.code };
  }
}

describe('panels.csv: who decides an outcome, and how', () => {
  it.each(readTable('panels.csv'))('$id: $source', (row) => {
    expect(resultOf(row)).toEqual({ panel: row['panel'], result: row['result'] });
  });
});
