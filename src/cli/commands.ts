import { writeFile } from 'node:fs/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../create-app.js';
import { demo } from '../demo/demo.js';
import { isDay } from '../kernel/clock.js';
import { isId } from '../kernel/ids.js';
import { Refusal } from '../kernel/refusal.js';
import { ApiKeys } from '../platform/auth/api-keys.service.js';
import { ROLES } from '../platform/auth/caller.js';
import type { Config } from '../platform/config/config.js';
import { describeApi } from '../platform/http/openapi.js';
import { prepareBank } from '../start-bank.js';
import { evaluateEverybody } from './evaluate-programme.js';
import { importAttendance, providerByCode } from './import-attendance.js';
import { load } from './load.js';
import { runPolicyCommand } from './policy.js';
import { expire, printNotices, settlePoints } from './long-runs.js';
import { verify } from './verify.js';

/** Options any command may take. */
export interface Options {
  provider?: string;
  learner?: string;
  role?: string;
  label?: string;
  out?: string;
  key?: string;
  comment?: string;
  pack?: string;
  after?: string;
  'dry-run'?: boolean;
  through?: string;
  days?: string;
  from?: string;
  to?: string;
  csv?: boolean;
}

const USAGE = `用法 usage: npm run cli -- <command>
  verify                                     核对全部账目，有不一致则非零退出 verify the whole book
  import-attendance <file> --provider CODE [--dry-run]
                                             导入考勤表 import an attendance sheet
  load <folder>                              载入 units/providers/courses/sessions/learners.csv
  policy validate <file.yaml>                检查规则包，列出全部错误 check a pack, all mistakes with their lines
  policy diff <file|version> <file|version>  两份规则的不同 what two packs say differently
  policy explain <code|all> [--pack FILE|VERSION]
                                             用中英文解释规则 a rule in plain words
  policy list                                规则版本 versions and their states
  policy publish <file.yaml>                 新银行的首份规则 the first rules of a new bank
  policy draft <file.yaml> --key FILE        起草；此后由他人审核 draft a version; then another person:
  policy review <version> --key FILE         审核 review it; then either:
  policy publish <file.yaml|version> --key FILE [--comment TEXT]
                                             发布 publish it (FILE holds your API key)
  expire [--through DAY]                     学分到期处理，可中断续做 let credit expire; goes on where it was stopped
  notices [--days 90,30]                     即将到期的学分（CSV） credit that ends soon, as CSV
  settle-points [--through DAY]              结算积分，可重复执行 settle points; again books only differences
  policy what-if <draft.yaml> --from DAY --to DAY [--csv]
                                             试算规则草案，不写入 who would gain and lose; writes nothing
  programmes evaluate <code> [--after LEARNER] 全体学习者对照一个项目，CSV every learner against a programme
  key --role ROLE [--provider CODE | --learner ID] [--label TEXT]
                                             发放 API 密钥（只显示一次） issue an API key, shown once
  openapi [--out openapi.json]               接口描述 the OpenAPI document
  demo                                       演示 the demo bank`;

const print = (line: string) => console.log(line);

/** Runs one command on the configured bank; the exit code. */
export async function runCommand(words: string[], options: Options, config: Config): Promise<number> {
  const [command, ...rest] = words;
  if (command === 'demo') return demo(config, print);
  if (command === 'policy') return policy(rest, options, config);
  const run = COMMANDS[command ?? ''];
  if (!run) {
    print(USAGE);
    return command === undefined || command === 'help' ? 0 : 2;
  }
  const app = await createApp(config);
  try {
    await app.init();
    return await run(app, rest, options, config);
  } finally {
    await app.close();
  }
}

/** Checking and explaining a file needs no bank; the others open the configured one. */
async function policy(words: string[], options: Options, config: Config): Promise<number> {
  let app: NestFastifyApplication | undefined;
  const openBank = async () => {
    if (!app) {
      app = await createApp(config);
      await app.init();
    }
    return app;
  };
  try {
    return (await runPolicyCommand(words, options, openBank, print)) ?? (await usage());
  } finally {
    await app?.close();
  }
}

type Command = (app: NestFastifyApplication, words: string[], options: Options, config: Config) => Promise<number>;

const COMMANDS: Record<string, Command> = {
  async verify(app) {
    return (await verify(app, print)) ? 0 : 1;
  },

  async 'import-attendance'(app, [file], options) {
    if (!file || !options.provider) return usage();
    const provider = await providerByCode(app, options.provider);
    return importAttendance(app, file, provider, options['dry-run'] ?? false, print);
  },

  async load(app, [folder], _options, config) {
    if (!folder) return usage();
    await prepareBank(app, config);
    await load(app, folder, print);
    return 0;
  },

  async expire(app, _words, { through }) {
    return isDayOrNone(through) ? expire(app, through, print) : usage();
  },

  async 'settle-points'(app, _words, { through }) {
    return isDayOrNone(through) ? settlePoints(app, through, print) : usage();
  },

  async notices(app, _words, { days }) {
    const asked = days?.split(',').map(Number);
    if (asked?.some((each) => !Number.isInteger(each) || each < 1 || each > 3_650)) return usage();
    return printNotices(app, asked, print);
  },

  async programmes(app, [action, code], { after }) {
    if (action !== 'evaluate' || !code) return usage();
    if (after !== undefined && !isId(after)) throw new Refusal('not-found');
    await evaluateEverybody(app, code, after, process.stdout, (line) => console.error(line));
    return 0;
  },

  async key(app, _words, options) {
    const role = ROLES.find((known) => known === options.role);
    if (
      !role ||
      (role === 'provider') !== Boolean(options.provider) ||
      (role === 'learner') !== Boolean(options.learner)
    ) {
      return usage();
    }
    const providerId = options.provider ? (await providerByCode(app, options.provider)).providerId : undefined;
    const grant = {
      role: role,
      label: options.label ?? 'command line',
      providerId,
      learnerId: options.learner,
    };
    print((await app.get(ApiKeys).issue(grant)).key);
    return 0;
  },

  async openapi(app, _words, options) {
    const text = `${JSON.stringify(describeApi(app), null, 2)}\n`;
    if (options.out) await writeFile(options.out, text);
    else process.stdout.write(text);
    return 0;
  },
};

function isDayOrNone(day: string | undefined): boolean {
  return day === undefined || isDay(day);
}

function usage(): Promise<number> {
  print(USAGE);
  return Promise.resolve(2);
}
