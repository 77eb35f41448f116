import { CARD_STATUSES } from '../../../src/learners/domain/card-status.js';
import { toProblem } from '../../../src/platform/problems/problem.js';
import { CASE_STATES, STEP_NAMES } from '../../../src/recognition/domain/case-states.js';

const HAN = /^申请现为“\p{Script=Han}[\p{Script=Han}，]*”（[a-z-]+），不能办理“\p{Script=Han}+”（[a-z-]+）；/u;

describe('the sentence of a step out of turn', () => {
  it.each(CASE_STATES.flatMap((state) => STEP_NAMES.map((step) => ({ state, step }))))(
    'calls $state and $step by their words, with their codes',
    ({ state, step }) => {
      const { detail, detailEn } = toProblem({ code: 'recognition-step-out-of-turn', details: { state, step } });
      expect(detail).toMatch(HAN);
      expect(detailEn).toContain(state);
      expect(detailEn).toContain(step);
    },
  );
});

describe('the sentence of a state', () => {
  it.each([
    ...CARD_STATUSES.map((status) => ['card-not-active', { status }] as const),
    ...['active', 'frozen', 'closed'].map(
      (status) => ['account-change-not-allowed', { status, wanted: status }] as const,
    ),
    ...['held', 'converted', 'released', 'reversed'].map((state) => ['conversion-not-held', { state }] as const),
  ])('of %s says %j in words', (code, details) => {
    expect(toProblem({ code, details }).detail).toMatch(/“\p{Script=Han}[\p{Script=Han}，]*”（[a-z]+）/u);
  });

  it('leaves a fact alone that is no state', () => {
    const { detail } = toProblem({ code: 'conversion-amount-not-whole', details: { step: '0.50', nearest: '1.00' } });
    expect(detail).toContain('0.50');
  });
});
