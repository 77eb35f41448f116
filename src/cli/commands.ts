import { writeFile } from 'node:fs/promises';
import { Command, CommanderError, Option } from 'commander';
import { demo } from '../demo/demo.js';
import { ApiKeys } from '../platform/auth/api-keys.service.js';
import { ROLES, type Role } from '../platform/auth/caller.js';
import { describeApi } from '../platform/http/openapi.js';
import { prepareBank } from '../start-bank.js';
import { parseDay, parseDays, parseId } from './arguments.js';
import { evaluateEverybody } from './evaluate-programme.js';
import { importAttendance, providerByCode } from './import-attendance.js';
import { load } from './load.js';
import { expire, printNotices, releaseHolds, settlePoints } from './long-runs.js';
import { addPolicyCommands } from './policy.js';
import type { Terminal } from './terminal.js';
import { verify } from './verify.js';

const TITLES: Record<string, string> = {
  'Usage:': '用法',
  'Options:': '选项',
  'Commands:': '命令',
  'Arguments:': '参数',
};

/** All commands. Each tells the terminal its exit code; a word, option or value that is none is a `CommanderError`. */
export function describeCommands(terminal: Terminal): Command {
  const program = new Command('npm run cli --')
    .description('终身学习学分银行 Lifelong Learning Credit Bank')
    .helpOption('-h, --help', '说明 help')
    .helpCommand('help [command]', '一个命令的说明 help on a command')
    .allowExcessArguments(false)
    .configureHelp({ helpWidth: 110, styleTitle: (title) => `${TITLES[title] ?? ''} ${title}`.trim() })
    // What was not understood is said in both languages, by describeFailure.
    .configureOutput({ outputError: () => undefined, writeOut: (text) => terminal.print(text.trimEnd()) })
    .exitOverride();
  addBookCommands(program, terminal);
  addRuns(program, terminal);
  addPolicyCommands(program, terminal);
  addServiceCommands(program, terminal);
  return program;
}

function addBookCommands(program: Command, terminal: Terminal): void {
  program
    .command('verify')
    .description('核对全部账目和文件，有不一致则非零退出 verify the whole book and every document')
    .action(async () => {
      terminal.exitCode = (await verify(await terminal.bank(), terminal.print)) ? 0 : 1;
    });

  program
    .command('load <folder>')
    .description('载入 units/providers/courses/sessions/learners.csv load a catalogue')
    .action(async (folder: string) => {
      const app = await terminal.bank();
      await prepareBank(app, terminal.config);
      const loaded = await load(app, folder, terminal.print);
      if (Object.keys(loaded).length === 0)
        throw notUnderstood('文件夹里没有可载入的文件 The folder has none of these files');
    });

  program
    .command('import-attendance <sheet.csv>')
    .description('导入考勤表 import an attendance sheet')
    .requiredOption('--provider <code>', '办学机构编号 number of the provider')
    .option('--dry-run', '试运行，不写入 write nothing')
    .action(async (file: string, { provider, dryRun }: { provider: string; dryRun?: boolean }) => {
      const app = await terminal.bank();
      const caller = await providerByCode(app, provider);
      terminal.exitCode = await importAttendance(app, file, caller, dryRun ?? false, terminal.print);
    });
}

function addRuns(program: Command, terminal: Terminal): void {
  const addRun = (name: string, description: string, run: typeof expire) =>
    program
      .command(name)
      .description(description)
      .option('--through <day>', '到哪一天为止 the last day', parseDay)
      .action(async ({ through }: { through?: string }) => {
        terminal.exitCode = await run(await terminal.bank(), through, terminal.print);
      });
  addRun('release-holds', '逾期未批的转换解冻，可中断续做 give lapsed holds back; before expire', releaseHolds);
  addRun('expire', '学分到期处理，可中断续做 let credit expire; goes on where it was stopped', expire);
  addRun('settle-points', '结算积分，可重复执行 settle points; again books only differences', settlePoints);

  program
    .command('notices')
    .description('即将到期的学分（CSV） credit that ends soon, as CSV')
    .option('--days <days>', '提前天数，如 90,30 days ahead', parseDays)
    .action(async ({ days }: { days?: number[] }) => {
      terminal.exitCode = await printNotices(await terminal.bank(), days, terminal.print);
    });

  program
    .command('programmes')
    .description('证书项目 programmes')
    .command('evaluate <code>')
    .description('全体学习者对照一个项目，CSV every learner against a programme')
    .option('--after <learner>', '从此账户之后继续 go on after this account', parseId)
    .action(async (code: string, { after }: { after?: string }) => {
      await evaluateEverybody(await terminal.bank(), code, after, process.stdout, (line) => console.error(line));
    });
}

interface KeyOptions {
  role: Role;
  provider?: string;
  learner?: string;
  expertSince?: string;
  label?: string;
}

function addServiceCommands(program: Command, terminal: Terminal): void {
  program
    .command('key')
    .description('发放 API 密钥（只显示一次） issue an API key, shown once')
    .addOption(new Option('--role <role>', '角色 role').choices(ROLES).makeOptionMandatory())
    .option('--provider <code>', '办学机构编号 number of the provider')
    .option('--learner <id>', '账户编号 id of the account', parseId)
    .option('--expert-since <day>', '登记为行业专家（仅 registrar） on the list of industry experts', parseDay)
    .option('--label <text>', '用途 what it is for')
    .action(async ({ role, provider, learner, expertSince, label = 'command line' }: KeyOptions) => {
      if ((role === 'provider') !== Boolean(provider) || (role === 'learner') !== Boolean(learner))
        throw notUnderstood(
          'provider 须带 --provider，learner 须带 --learner，其他角色都不带 --provider goes with role provider, --learner with role learner',
        );
      if (expertSince !== undefined && role !== 'registrar')
        throw notUnderstood('--expert-since 只用于 registrar goes with role registrar alone');
      const app = await terminal.bank();
      const providerId = provider ? (await providerByCode(app, provider)).providerId : undefined;
      terminal.print((await app.get(ApiKeys).issue({ role, label, providerId, learnerId: learner, expertSince })).key);
    });

  program
    .command('openapi')
    .description('接口描述 the OpenAPI document')
    .option('--out <file>', '写入文件 write to a file')
    .action(async ({ out }: { out?: string }) => {
      const text = `${JSON.stringify(describeApi(await terminal.bank()), null, 2)}\n`;
      if (out) await writeFile(out, text);
      else process.stdout.write(text);
    });

  program
    .command('demo')
    .description('演示 the demo bank')
    .action(async () => {
      terminal.exitCode = await demo(terminal.config, terminal.print);
    });
}

/** A command whose words are right but not together. */
function notUnderstood(message: string): CommanderError {
  return new CommanderError(2, 'bank.notUnderstood', message);
}
