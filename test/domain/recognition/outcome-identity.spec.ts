import { canonicalName, outcomeIdentity } from '../../../src/recognition/domain/outcome-identity.js';
import { aPaper, LEARNER, packWith } from './a-case.js';

const { titleRules } = packWith();

describe('a name or number', () => {
  it.each([
    ['No. S-0001', 'ｎｏＳ０００１'],
    ['晋（2024）第 12 号', '晋(2024)第12号'],
    ['AB/12', 'ab12'],
  ])('%s is %s', (a, b) => {
    expect(canonicalName(a)).toBe(canonicalName(b));
  });

  it.each([
    ['A11', 'A1'],
    ['A1', 'A'],
    ['证书1', '证书'],
  ])('%s is not %s: a last 1 of a number is no ordinal', (a, b) => {
    expect(canonicalName(a)).not.toBe(canonicalName(b));
  });
});

describe('an outcome', () => {
  const other = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f';
  it('with a number is one whoever brings it, and its parts cannot run together', () => {
    expect(outcomeIdentity(LEARNER, aPaper(), titleRules)).toBe(outcomeIdentity(other, aPaper(), titleRules));
    const [a, b] = [aPaper({ issuer: 'AB', certificateNumber: 'C' }), aPaper({ issuer: 'A', certificateNumber: 'BC' })];
    expect(outcomeIdentity(LEARNER, a, titleRules)).not.toBe(outcomeIdentity(LEARNER, b, titleRules));
  });

  it('without one keeps the identity that it was claimed under', () => {
    const identity = (title: string) =>
      outcomeIdentity(LEARNER, aPaper({ certificateNumber: null, title }), titleRules);
    expect(JSON.parse(identity('高等数学（二）'))).toContain('高等数学二');
    expect(JSON.parse(identity('Web 2.0 Ⅱ'))).toContain('web202');
    expect(identity('高等数学Ⅰ')).toBe(identity('高等数学'));
  });

  it('without one is an attempt of its learner', () => {
    const attempt = aPaper({ certificateNumber: null });
    expect(outcomeIdentity(LEARNER, attempt, titleRules)).not.toBe(outcomeIdentity(other, attempt, titleRules));
  });
});
