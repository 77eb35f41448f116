import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { changedPack } from '../support/changed-pack.js';
import { runCommand } from '../support/command-line.js';
import { Seed, type SeededLearner } from '../support/seed.js';
import { reportOf } from '../support/what-if.js';

const YEAR = { from: '2024-01-01', to: '2024-12-31' };

describe('what a draft was not tried on', () => {
  let seed: Seed;
  let learner: SeededLearner;
  const draft = changedPack((file) => {
    file.version = 'draft';
    file.conversionRules[0]!.ratio = { from: 4, to: 1 };
  });
  beforeAll(async () => {
    seed = await Seed.start();
    learner = await seed.learner();
    // Nine visits of two class hours, at 18 class hours a credit: 1.00. Of it 0.80 become 0.40 of the other type, twice.
    await seed.attendDays(await seed.course(), learner, 9);
    const first = await seed.convert(learner, 'leisure', 'vocational', '0.80');
    await seed.reverse(first);
    await seed.convert(learner, 'leisure', 'vocational', '0.80');
    const course = await seed.course();
    await seed.reverse(await seed.attend(await seed.session(course), await seed.learner()));
    // Merges move what two accounts have, twice, and one is undone: no pack decides them.
    const [kept, duplicate] = [await seed.learner(), await seed.learner()];
    await seed.attendDays(course, duplicate, 2);
    const mergeId = await seed.merge(kept, duplicate);
    await seed.bank.post(`/api/v1/merges/${mergeId}/reversal`, seed.registrar, { reason: '误并' }).expect(200);
    await seed.merge(kept, duplicate);
  });
  afterAll(async () => {
    await seed.stop();
    await rm(dirname(draft), { recursive: true });
  });
  const pack = () => parse(readFileSync(draft, 'utf8')) as object;
  const command = (...more: string[]) =>
    runCommand(seed.bank, ['policy', 'what-if', draft, '--from', YEAR.from, '--to', YEAR.to, ...more]);
  const note =
    '期间内有 6 笔分录未参与试算（账户合并 4、冲正 2），以上数字不含它们的变化 ' +
    '6 entries of the period were not looked at (Merge 4, Reversal 2): the numbers say nothing of them';
  const said = {
    entries: 6,
    byKind: [
      { kind: 'merge', name: { zh: '账户合并', en: 'Merge' }, entries: 4 },
      { kind: 'reversal', name: { zh: '冲正', en: 'Reversal' }, entries: 2 },
    ],
    note,
  };

  it('is counted by kind in the answer, and conversions are not among it', async () => {
    const report = await reportOf(seed, { pack: pack(), ...YEAR });
    expect(report).toMatchObject({
      ...{ gain: 0, lose: 1, notLookedAt: said },
      conversions: { looked: 1, unchanged: 0, changed: 1, refused: 0 },
    });
  });

  it('is counted by the day an entry was recorded', async () => {
    const report = await reportOf(seed, { pack: pack(), from: '2023-01-01', to: '2023-12-31' });
    expect(report.notLookedAt).toEqual({
      entries: 0,
      byKind: [],
      note: '期间内的分录全部参与试算 The draft was tried on every entry of the period',
    });
  });

  it('is said by the command, as JSON and in the last lines of the CSV', async () => {
    const json = await command();
    expect(json.code).toBe(0);
    expect(JSON.parse(json.output)).toMatchObject({ lose: 1, notLookedAt: said });
    const lines = (await command('--csv')).output.split('\n');
    expect(lines[0]).toBe('by,group,learners,gain,lose,before,after,difference,entries');
    expect(lines).toEqual(
      expect.arrayContaining([
        'conversions,unchanged,,,,,,,0',
        'conversions,changed,,,,,,,1',
        'conversions,refused,,,,,,,0',
        'points,,2,0,0,11,11,0,',
        'awards,still-met,,,,,,,0',
        expect.stringMatching(/^note,"各笔转换.* Each is decided again [^"]*",,,,,,,1$/) as string,
      ]),
    );
    expect(lines.filter((line) => line.startsWith('not-looked-at'))).toEqual([
      'not-looked-at,merge,,,,,,,4',
      'not-looked-at,reversal,,,,,,,2',
    ]);
    expect(lines.at(-1)).toBe(`note,"${note}",,,,,,,6`);
  });
});
