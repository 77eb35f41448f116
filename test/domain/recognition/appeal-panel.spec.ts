import { Refusal } from '../../../src/kernel/refusal.js';
import type { PanelFile } from '../../../src/policy/domain/panel-rules.js';
import { appealPanelOf, appealVotesOf } from '../../../src/recognition/domain/appeal-panel.js';
import { rejectedByRules, wayOf } from '../../../src/recognition/domain/case-way.js';
import type { RecognitionCase } from '../../../src/recognition/domain/recognition-case.js';
import { reviewedWorth } from '../../../src/recognition/domain/review-round.js';
import { takeStep, type AskedStep } from '../../../src/recognition/domain/take-step.js';
import type { ReviewedWorth } from '../../../src/recognition/domain/worth.js';
import { aDraft, packWith } from './a-case.js';

const NOW = Date.parse('2024-06-03T01:00:00Z');
const THREE: PanelFile = { code: 'three', name: { zh: '评议', en: 'Panel' }, standards: ['rate'], seats: 3 };
const FIVE: PanelFile = { code: 'five', name: { zh: '新标准', en: 'New' }, standards: ['new'], seats: 5 };

function packOf(...panels: PanelFile[]) {
  return packWith((file) => (file.recognition!.panels = panels));
}

const BY_RATE: ReviewedWorth = { creditType: 'vocational', centi: null, level: null, isAssessed: null };
const named = (centi: number): ReviewedWorth => ({ ...BY_RATE, centi });

function reviewer(
  step: AskedStep['step'],
  actor: string,
  outcome: AskedStep['outcome'],
  worth?: ReviewedWorth,
): AskedStep {
  return { step, actor, role: 'registrar', outcome, worth: worth ?? null, reasonCode: 'NOT-IN-SCOPE' };
}
const heard = (actor: string, outcome: 'upheld' | 'dismissed', worth?: ReviewedWorth) =>
  reviewer('appeal-decision', actor, outcome, worth);

const SUBMISSION: AskedStep = { step: 'submission', actor: 'applicant', role: 'learner' };
const APPEAL: AskedStep = { step: 'appeal', actor: 'applicant', role: 'learner', comment: '请复核' };
/** Rejected by the first reviewer alone. */
const REJECTED_ALONE = [SUBMISSION, reviewer('preliminary-review', 'first', 'rejected'), APPEAL];
/** Put to the panel of what has a rate, and rejected or recognised by it. */
const byPanel = (outcome: 'approved' | 'rejected') => [
  SUBMISSION,
  reviewer('preliminary-review', 'first', 'approved', BY_RATE),
  ...['a', 'b', 'c'].map((actor) => reviewer('panel-vote', actor, outcome)),
];

/** The case after steps, with 2.00 where it was recognised; or the code of the first refusal. */
function after(pack: ReturnType<typeof packOf>, steps: AskedStep[]): RecognitionCase | string {
  let file = aDraft();
  try {
    for (const step of steps) {
      file = takeStep(file, step, { pack, nowMs: NOW });
      if (file.state === 'recognised' && file.standard === null) file = { ...file, standard: STANDARD };
    }
    return file;
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
const STANDARD = {
  ...{ creditType: 'vocational', centi: 200, level: null, validUntil: '2031-05-20', isAssessed: false },
  ...{ policyVersion: 'taiyuan-default@2024.1', entryVersion: 1 },
};
const stateOf = (file: RecognitionCase | string) => (typeof file === 'string' ? file : file.state);

describe('the panel of an appeal', () => {
  it.each<[string, PanelFile[], AskedStep[], string]>([
    [
      'is one person where the pack has no panels',
      [],
      [...REJECTED_ALONE, heard('x', 'upheld', BY_RATE)],
      'recognised',
    ],
    [
      'is one person for a dismissal of what one rejected',
      [THREE],
      [...REJECTED_ALONE, heard('x', 'dismissed')],
      'appeal-dismissed',
    ],
    [
      'is asked for what the pack would have a panel recognise',
      [THREE],
      [...REJECTED_ALONE, heard('x', 'upheld', BY_RATE)],
      'appealed',
    ],
    [
      'has the seats that the pack says for appeals',
      [{ ...THREE, appeal: { seats: 2, inFavour: 1 } }],
      [...REJECTED_ALONE, heard('x', 'upheld', BY_RATE), heard('y', 'dismissed')],
      'recognised',
    ],
    [
      'may be one person by the word of the pack, also against a panel',
      [{ ...THREE, appeal: { seats: 1 } }],
      [...byPanel('rejected'), APPEAL, heard('x', 'upheld')],
      'recognised',
    ],
    [
      'keeps its seats for experts',
      [{ ...THREE, appeal: { seats: 1, experts: { seats: 1, years: 5 } } }],
      [...byPanel('rejected'), APPEAL, heard('x', 'upheld')],
      'recognition-expert-needed',
    ],
    [
      'grows when the worth that is named is a matter for a larger one',
      [THREE, FIVE],
      [
        ...byPanel('rejected'),
        APPEAL,
        heard('x', 'dismissed'),
        heard('y', 'dismissed'),
        heard('z', 'upheld', named(300)),
      ],
      'appealed',
    ],
    [
      'has nobody vote twice',
      [THREE],
      [...byPanel('rejected'), APPEAL, heard('x', 'upheld'), heard('x', 'upheld')],
      'recognition-already-voted',
    ],
    [
      'has nobody of the first decision',
      [THREE],
      [...byPanel('rejected'), APPEAL, heard('b', 'dismissed')],
      'recognition-appeal-not-new',
    ],
    [
      'votes on the worth that was named first',
      [THREE, FIVE],
      [...byPanel('approved'), APPEAL, heard('x', 'upheld', named(300)), heard('y', 'upheld', named(301))],
      'recognition-worth-named',
    ],
    [
      'takes no vote when it has decided',
      [THREE],
      [...byPanel('rejected'), APPEAL, ...['w', 'x', 'y', 'z'].map((actor) => heard(actor, 'dismissed'))],
      'recognition-panel-decided',
    ],
  ])('%s', (_, panels, steps, result) => {
    expect(stateOf(after(packOf(...panels), steps))).toBe(result);
  });

  it('takes no worth from who is against it', () => {
    const steps = [
      ...byPanel('approved'),
      APPEAL,
      heard('x', 'dismissed', named(100)),
      heard('y', 'upheld', named(300)),
    ];
    const file = after(packOf(THREE, FIVE), steps) as RecognitionCase;
    expect(reviewedWorth(file)).toMatchObject({ centi: 300 });
    expect(appealVotesOf(file).map(({ detail }) => detail.vote)).toEqual(['dismissed', 'upheld']);
    expect(appealPanelOf(file)).toMatchObject({ code: 'five', seats: 5 });
  });

  it('replaces what was recognised by its majority, whoever votes last', () => {
    const pack = packOf(THREE, { ...FIVE, seats: 3 });
    const open = after(pack, [...byPanel('approved'), APPEAL, heard('x', 'upheld', named(300)), heard('y', 'upheld')]);
    const before = open as RecognitionCase;
    const last = takeStep(before, heard('z', 'dismissed'), { pack, nowMs: NOW });
    expect(wayOf(before, last, 'dismissed')).toBe('replacement');
  });

  it.each([
    ['rejected' as const, 'appeal-dismissed', true],
    ['approved' as const, 'recognised', false],
  ])('dismisses what the rules refuse by then: %s before, %s at last', (outcome, state, isFree) => {
    const pack = packOf(THREE, { ...FIVE, seats: 3 });
    const votes = [heard('x', 'upheld', named(300)), heard('y', 'upheld')];
    const before = after(pack, [...byPanel(outcome), APPEAL, ...votes]) as RecognitionCase;
    const held = { ...before, claim: { hash: 'h', sequence: 1 } };
    const taken = takeStep(held, heard('z', 'upheld'), { pack, nowMs: NOW });
    const file = rejectedByRules(held, taken, { refusal: 'recognition-cap-reached' });
    expect(file).toMatchObject({ state, dueOn: null });
    expect(file.claim === null).toBe(isFree);
    expect(file.steps.at(-1)).toMatchObject({ stateAfter: state, detail: { refusal: 'recognition-cap-reached' } });
  });

  it('has the numbers of the panel itself in cases that were put to one before appeals had any', () => {
    const file = after(packOf(THREE), [...byPanel('rejected'), APPEAL]) as RecognitionCase;
    const steps = file.steps.map((step) => {
      const { panel } = (step.detail ?? {}) as { panel?: object };
      return panel ? { ...step, detail: { panel: { ...panel, appeal: undefined } } } : step;
    });
    expect(appealPanelOf({ steps })).toMatchObject({ code: 'three', seats: 3, inFavour: 2 });
  });
});
