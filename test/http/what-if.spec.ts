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
    await seed.reverse(await seed.attend(await seed.session(await seed.course()), await seed.learner()));
  });
  afterAll(async () => {
    await seed.stop();
    await rm(dirname(draft), { recursive: true });
  });
  const pack = () => parse(readFileSync(draft, 'utf8')) as object;
  const command = (...more: string[]) =>
    runCommand(seed.bank, ['policy', 'what-if', draft, '--from', YEAR.from, '--to', YEAR.to, ...more]);
  const note =
    '期间内有 3 笔分录未参与试算（学分转换 2、冲正 1），以上数字不含它们的变化 ' +
    '3 entries of the period were not looked at (Conversion 2, Reversal 1): the numbers say nothing of them';
  const said = {
    entries: 3,
    byKind: [
      { kind: 'conversion', name: { zh: '学分转换', en: 'Conversion' }, entries: 2 },
      { kind: 'reversal', name: { zh: '冲正', en: 'Reversal' }, entries: 1 },
    ],
    note,
  };

  it('is counted by kind in the answer, beside a difference of nothing', async () => {
    const report = await reportOf(seed, { pack: pack(), ...YEAR });
    expect(report).toMatchObject({ gain: 0, lose: 0, notLookedAt: said });
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
    expect(JSON.parse(json.output)).toMatchObject({ lose: 0, notLookedAt: said });
    const lines = (await command('--csv')).output.split('\n');
    expect(lines[0]).toBe('by,group,learners,gain,lose,before,after,difference,entries');
    expect(lines.slice(-3)).toEqual([
      'not-looked-at,conversion,,,,,,,2',
      'not-looked-at,reversal,,,,,,,1',
      `note,"${note}",,,,,,,3`,
    ]);
  });
});
