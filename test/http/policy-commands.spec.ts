import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MINIMAL_PACK } from '../../src/policy/domain/pack-example.js';
import { TestApp } from '../support/app.js';
import { Program } from '../support/child-process.js';
import { runCommand } from '../support/command-line.js';

describe('the command line for rules', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bank-rules-'));
  let bank: TestApp;
  beforeAll(async () => {
    bank = await TestApp.start();
  });
  const file = (name: string, text: string): string => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const run = (words: string[], options: Record<string, string> = {}) => {
    const flags = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
    return runCommand(bank, ['policy', ...words, ...flags]);
  };
  afterAll(async () => {
    await bank.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const first = file('first.yaml', MINIMAL_PACK);
  const next = file(
    'next.yaml',
    MINIMAL_PACK.replace("'2024.1'", "'2124.1'")
      .replace('2024-01-01', '2124-01-01')
      .replace('minutes: 480', 'minutes: 300'),
  );

  it('checks a file, and names every mistake with its line', async () => {
    expect(await run(['validate', first])).toMatchObject({
      code: 0,
      output: expect.stringContaining('✓ my-city@2024.1') as string,
    });
    const text = MINIMAL_PACK.replace('cumulative', 'cumulativ').replace("'2024-01-01'", "'2024-13-01'");
    const program = new Program('dist/cli.js', ['policy', 'validate', file('wrong.yaml', text)], {});
    expect(await program.end()).toBe(1);
    expect(program.output).toMatch(
      /line 5, column 16: \/effectiveFrom .*\n.*line 17, column 53: \/tariffs\/0\/rounding .*did you mean cumulative\?/,
    );
    expect(program.output).not.toMatch(/\.js:\d+/);
  });

  it('says what two files say differently', async () => {
    const { code, output } = await run(['diff', first, next]);
    expect(code).toBe(0);
    expect(output).toContain('~ 修改 changed dayCap.minutes: 480 → 300');
    expect(output).toContain('3 处不同 differences');
    expect((await run(['diff', first, first])).output).toBe('没有不同 No difference');
  });

  it('explains a rule of a file, and names the codes there are', async () => {
    const rule = await run(['explain', 'leisure-time'], { pack: first });
    expect(rule.output).toContain('18 课时 × 45 分钟 = 1 学分');
    const unknown = await run(['explain', 'nothing'], { pack: first });
    expect([unknown.code, unknown.output.includes('community-learner')]).toEqual([1, true]);
  });

  it('publishes the first rules of a bank at once, and later ones only after the review of a second person', async () => {
    expect(await run(['publish', first])).toMatchObject({ code: 0 });
    expect(await run(['publish', first])).toMatchObject({ code: 0 });
    expect(await run(['publish', next])).toMatchObject({ code: 2, output: expect.stringContaining('--key') as string });

    const [anna, ben] = [
      file('anna.key', `${await bank.key('administrator')}\n`),
      file('ben.key', await bank.key('administrator')),
    ];
    expect(await run(['draft', next], { key: file('clerk.key', await bank.key('registrar')) })).toMatchObject({
      code: 'forbidden',
    });
    expect(await run(['draft', next], { key: file('none.key', 'nonsense') })).toMatchObject({
      code: 'unauthenticated',
    });
    expect(await run(['draft', next], { key: anna })).toMatchObject({ code: 0 });
    expect(await run(['publish', next], { key: anna })).toMatchObject({ code: 'policy-not-reviewed' });
    expect(await run(['review', 'my-city@2124.1'], { key: anna })).toMatchObject({ code: 'policy-review-by-drafter' });
    expect(await run(['review', 'my-city@2124.1'], { key: ben, comment: '已核对' })).toMatchObject({ code: 0 });
    const changed = MINIMAL_PACK.replace("'2024.1'", "'2124.1'").replace('minutes: 480', 'minutes: 200');
    expect(await run(['publish', file('changed.yaml', changed)], { key: anna })).toMatchObject({
      code: 'policy-not-reviewed',
    });
    expect(await run(['publish', next], { key: anna })).toMatchObject({ code: 0 });

    expect((await run(['list'])).output).toBe(
      'my-city@2024.1  已发布 published  自 from 2024-01-01  ← 现行 in force\n' +
        'my-city@2124.1  已发布 published  自 from 2124-01-01',
    );
    expect((await run(['diff', 'my-city@2024.1', next])).output).toContain('dayCap.minutes');
    expect((await run(['explain', 'my-city'])).output).toContain('每人每天最多计 8 小时');
    expect((await run(['explain', 'my-city'], { pack: 'my-city@2124.1' })).output).toContain('每人每天最多计 5 小时');
  });
});
