import { readTitleRules } from '../../../src/policy/domain/title-rules.js';
import { flagsOf, type OtherCase } from '../../../src/recognition/domain/case-flags.js';
import { aPaper } from './a-case.js';

const RULES = readTitleRules({ sameWords: [['OA', '办公自动化']] });
const CONTENT = aPaper({ title: 'OA 实务', item: 'OFFICE' });

function other(changes: Partial<OtherCase> = {}): OtherCase {
  return { recognitionId: 'b', isOwn: true, state: 'submitted', title: '别的', item: null, ...changes };
}

describe('flags of a case', () => {
  it.each<[string, OtherCase[], OtherCase[], string[]]>([
    ['nothing where nothing is alike', [other()], [], []],
    ['a title that is the same by the rules of the pack', [other({ title: '办公自动化实务' })], [], ['same-title']],
    ['a second case for the same item', [other({ item: 'OFFICE' })], [], ['same-item']],
    ['nothing of what the person took back', [other({ item: 'OFFICE', state: 'withdrawn' })], [], []],
    ['a file that was given in elsewhere', [], [other()], ['evidence-seen-before']],
    [
      'a file that somebody else gave in and took back',
      [],
      [other({ isOwn: false, state: 'withdrawn' })],
      ['evidence-seen-before'],
    ],
    ['no file of a case the person took back', [], [other({ state: 'withdrawn' })], []],
  ])('tell of %s', (_, own, withEvidence, codes) => {
    const flags = flagsOf({ content: CONTENT }, { own, withEvidence, passed: [] }, RULES);
    expect(flags.map(({ code }) => code)).toEqual(codes);
  });

  it('are none where two cases outside the catalogue name no item', () => {
    const content = aPaper({ item: null });
    expect(flagsOf({ content }, { own: [other()], withEvidence: [], passed: [] }, RULES)).toEqual([]);
  });

  it('name twenty cases and count all, and name the entries of passed courses', () => {
    const own = Array.from({ length: 25 }, (_, index) => other({ recognitionId: `${index}`, item: 'OFFICE' }));
    const passed = [
      { title: 'oa实务', entryId: 'e.1' },
      { title: '其他', entryId: 'e.2' },
    ];
    const [item, course] = flagsOf({ content: CONTENT }, { own, withEvidence: [], passed }, RULES);
    expect({ count: item!.count, named: item!.cases.length }).toEqual({ count: 25, named: 20 });
    expect(course).toEqual({ code: 'title-of-passed-course', count: 1, cases: [], entries: ['e.1'] });
  });
});
