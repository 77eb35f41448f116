import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestApp } from '../support/app.js';
import { Program } from '../support/child-process.js';
import { runCommand } from '../support/command-line.js';

const SHEET = 'fixtures/taiyuan/week/05-daily-classes-wanbailin.csv';

describe('a command line that is not understood', () => {
  let bank: TestApp;
  beforeAll(async () => {
    bank = await TestApp.start();
  });
  afterAll(() => bank.stop());

  it.each([
    ['a word that is no command', 'fly', '没有这个命令'],
    ['a policy action that is none', 'policy frob', '没有这个命令'],
    ['a misspelt command, with the one that was meant', 'verfiy', 'Did you mean verify'],
    ['an option that is none', 'key --role auditor --name me', "没有这个选项 unknown option '--name'"],
    ['too many words', 'expire now', '参数过多'],
    ['no file', 'policy validate', "缺少参数 missing required argument 'file.yaml'"],
    ['no provider', `import-attendance ${SHEET}`, '缺少必需的选项'],
    ['an option without its value', 'expire --through', '选项缺少值'],
    ['a day that is none', 'expire --through 2024-13-01', 'A day is written 2026-05-31'],
    ['days that are none', 'notices --days x', 'Days are written 90,30'],
    ['a period without its end', 'policy what-if a.yaml --from 2024-01-01', "'--to <day>' not specified"],
    ['a role that is none', 'key --role mayor', 'Allowed choices are learner, provider'],
    ['a provider key without its provider', 'key --role provider', '--provider goes with role provider'],
    ['an auditor key with a provider', 'key --role auditor --provider SQXY-YZ', '--provider goes with role provider'],
    ['an account that is none', 'programmes evaluate community-care --after 12', 'This is no id of an account'],
    ['a sheet that is not there', 'policy validate none.yaml', '没有这个文件 No such file: none.yaml'],
    ['a folder instead of a file', 'policy validate fixtures', '这是文件夹'],
    ['a folder with nothing to load', 'load src', '文件夹里没有可载入的文件'],
  ])('says what is wrong: %s', async (_what, line, words) => {
    const { code, output } = await runCommand(bank, line.split(' '));
    expect(output).toContain(words);
    expect(output).not.toMatch(/\.js:\d+/);
    expect(code).toBe(2);
  });

  it.each([
    ['a provider nobody knows', `import-attendance ${SHEET} --provider NOBODY`, 'provider-unknown'],
    ['a programme nobody knows', 'programmes evaluate nothing', 'programme-unknown'],
  ])('answers with the refusal: %s', async (_what, line, code) => {
    expect(await runCommand(bank, line.split(' '))).toMatchObject({ code });
  });
});

describe('the command line as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bank-command-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'letter.sqlite');
  writeFileSync(file, 'Dear bank, this is a letter and not a database. '.repeat(100));

  it.each([
    ['the command line', 'dist/cli.js', ['verify']],
    ['the service', 'dist/main.js', []],
  ])('%s says that the file is no bank, and leaves it as it is', async (_what, script, words) => {
    const program = new Program(script, words, { DATABASE_FILE: file, PORT: '0' });
    expect(await program.end()).toBe(2);
    expect(program.output).toContain('打不开学分银行的数据库');
    expect(program.output).toContain('(SQLITE_NOTADB)');
    expect(program.output).not.toMatch(/\.js:\d+/);
  });

  it('says that no server answers, without the password of its address', async () => {
    const environment = { DATABASE_URL: 'postgres://bank:secret@127.0.0.1:1/bank', IDENTITY_KEY: '0f'.repeat(32) };
    const program = new Program('dist/cli.js', ['verify'], environment);
    expect(await program.end()).toBe(2);
    expect(program.output).toContain('(ECONNREFUSED)');
    expect(program.output).not.toContain('secret');
  });

  it('lists its commands when none is given and when help is asked for', async () => {
    const none = new Program('dist/cli.js', [], {});
    expect(await none.end()).toBe(1);
    expect(none.output).toContain('import-attendance');
    const help = new Program('dist/cli.js', ['help', 'key'], {});
    expect(await help.end()).toBe(0);
    expect(help.output).toContain('用法 Usage: npm run cli -- key');
    expect(help.output).toContain('--role <role>');
  });
});
