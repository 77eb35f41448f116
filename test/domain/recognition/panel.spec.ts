import { Refusal } from '../../../src/kernel/refusal.js';
import type { PanelFile } from '../../../src/policy/domain/panel-rules.js';
import { panelOf } from '../../../src/recognition/domain/panel.js';
import type { RecognitionCase } from '../../../src/recognition/domain/recognition-case.js';
import { takeStep, type AskedStep } from '../../../src/recognition/domain/take-step.js';
import type { ReviewedWorth } from '../../../src/recognition/domain/worth.js';
import { aDraft, aPaper, packWith } from './a-case.js';

const NOW = Date.parse('2024-06-03T01:00:00Z');
const THREE: PanelFile = { code: 'three', name: { zh: '评议', en: 'Panel' }, seats: 3 };

function packOf(...panels: PanelFile[]) {
  return packWith((file) => (file.recognition!.panels = panels));
}

function worth(changes: Partial<ReviewedWorth> = {}): ReviewedWorth {
  return { creditType: 'vocational', centi: null, level: null, isAssessed: null, ...changes };
}

const SUBMISSION: AskedStep = { step: 'submission', actor: 'applicant', role: 'learner' };

function approval(
  given: ReviewedWorth | null,
  step: AskedStep['step'] = 'preliminary-review',
  actor = 'first',
): AskedStep {
  return { step, actor, role: 'registrar', outcome: 'approved', worth: given };
}

function vote(
  actor: string,
  outcome: 'approved' | 'rejected' = 'approved',
  expertSince: string | null = null,
): AskedStep {
  return { step: 'panel-vote', actor, role: 'registrar', outcome, expertSince, reasonCode: 'NOT-IN-SCOPE' };
}

/** The case after steps, or the code of the first refusal. */
function after(pack: ReturnType<typeof packOf>, steps: AskedStep[], draft = aDraft()): RecognitionCase | string {
  let file = draft;
  try {
    for (const step of steps) file = takeStep(file, step, { pack, nowMs: NOW });
    return file;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('a panel', () => {
  it.each<[string, PanelFile[], ReviewedWorth, string | null]>([
    ['decides what counts by a rate', [THREE], worth(), 'three'],
    ['decides what is given a worth of its own', [THREE], worth({ centi: 100 }), 'three'],
    ['leaves a rate to one reviewer where it is for new standards', [{ ...THREE, standards: ['new'] }], worth(), null],
    ['leaves other classes to one reviewer', [{ ...THREE, outcomeClasses: ['course'] }], worth(), null],
    [
      'is the first of several that fits',
      [
        { ...THREE, code: 'courses', outcomeClasses: ['course'] },
        { ...THREE, standards: ['rate'] },
      ],
      worth(),
      'three',
    ],
  ])('%s', (_, panels, given, code) => {
    const file = after(packOf(...panels), [SUBMISSION, approval(given)]) as RecognitionCase;
    expect({ state: file.state, panel: panelOf(file)?.code ?? null }).toEqual({
      state: code === null ? 'preliminarily-approved' : 'before-panel',
      panel: code,
    });
  });

  it('decides items of the catalogue only where it says so', () => {
    const draft = aDraft('applicant', aPaper({ outcomeClass: 'course', item: 'OPEN-COURSE', grade: 80 }));
    const steps = [SUBMISSION, approval(null)];
    expect(after(packOf(THREE), steps, draft)).toMatchObject({ state: 'preliminarily-approved' });
    const all = packOf({ ...THREE, standards: ['catalogue'] });
    expect(after(all, steps, draft)).toMatchObject({ state: 'before-panel' });
    const one = aDraft(
      'applicant',
      aPaper({ outcomeClass: 'certificate', item: 'ELDERLY-CARE-5', issuer: '太原市职业技能鉴定中心', grade: 80 }),
    );
    expect(after(all, steps, one)).toMatchObject({ state: 'recognised' });
  });

  it.each<[string, AskedStep[], string]>([
    ['a first review that names no worth', [approval(null)], 'recognition-worth-missing'],
    ['a worth above the most', [approval(worth({ centi: 601 }))], 'recognition-worth-too-high'],
    ['an unknown level', [approval(worth({ level: 'L99' }))], 'level-unknown'],
    ['the first reviewer', [approval(worth()), vote('first')], 'recognition-same-reviewer'],
    ['a second vote', [approval(worth()), vote('a'), vote('a', 'rejected')], 'recognition-already-voted'],
    [
      'who acted for the applicant',
      [approval(worth()), { ...vote('applicant'), actor: 'applicant' }],
      'recognition-own-application',
    ],
    [
      'a vote against without a reason',
      [approval(worth()), { ...vote('a', 'rejected'), reasonCode: null }],
      'recognition-reason-needed',
    ],
    ['a final reviewer', [approval(worth()), approval(null, 'final-review', 'a')], 'recognition-step-out-of-turn'],
    ['a vote before the first review', [vote('a')], 'recognition-step-out-of-turn'],
    [
      'a vote after the decision',
      [approval(worth()), vote('a'), vote('b'), vote('c'), vote('d')],
      'recognition-panel-decided',
    ],
  ])('refuses %s', (_, steps, code) => {
    expect(after(packOf(THREE), [SUBMISSION, ...steps])).toBe(code);
  });

  it('is not passed by when the final reviewer names a worth that it should set', () => {
    const pack = packOf({ ...THREE, standards: ['new'] });
    const steps = [SUBMISSION, approval(worth())];
    expect(after(pack, [...steps, approval(worth({ creditType: null, centi: 500 }), 'final-review', 'b')])).toBe(
      'recognition-panel-needed',
    );
    expect(after(pack, [...steps, approval(null, 'final-review', 'b')])).toMatchObject({ state: 'recognised' });
  });

  it.each([
    ['2019-06-03', 'recognised'],
    ['2019-06-04', 'recognition-expert-needed'],
    [null, 'recognition-expert-needed'],
  ])('counts who is in the trade since %s as an expert of five years: %s', (since, result) => {
    const pack = packOf({ ...THREE, experts: { seats: 1, years: 5 } });
    const file = after(pack, [SUBMISSION, approval(worth()), vote('a'), vote('b'), vote('c', 'approved', since)]);
    expect(typeof file === 'string' ? file : file.state).toBe(result);
  });

  it('is followed by one of as many others when a rejected case was appealed', () => {
    const steps = [SUBMISSION, approval(worth()), vote('a', 'rejected'), vote('b', 'rejected'), vote('c')];
    const appeal: AskedStep = { step: 'appeal', actor: 'applicant', role: 'learner', comment: '请复核' };
    const decide = (actor: string): AskedStep => ({ ...vote(actor), step: 'appeal-decision', outcome: 'upheld' });
    expect(after(packOf(THREE), steps)).toMatchObject({ state: 'rejected', claim: null, dueOn: null });
    expect(after(packOf(THREE), [...steps, appeal, decide('c')])).toBe('recognition-appeal-not-new');
    expect(after(packOf(THREE), [...steps, appeal, decide('d'), decide('e')])).toMatchObject({ state: 'appealed' });
    const heard = [...steps, appeal, decide('d'), decide('e'), decide('f')];
    expect(after(packOf(THREE), heard)).toMatchObject({ state: 'recognised' });
  });
});
