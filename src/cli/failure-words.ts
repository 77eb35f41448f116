import { CommanderError } from 'commander';
import { Refusal } from '../kernel/refusal.js';
import { ConfigError } from '../platform/config/config.js';
import { toProblem } from '../platform/problems/problem.js';
import { PolicyPackError } from '../policy/policy.port.js';

/** What a failed command says, and its exit code. */
export interface Failure {
  lines: string[];
  exitCode: 1 | 2;
}

/** The words of a failure that the person at the keyboard can mend; null for one that is ours. */
export function describeFailure(error: unknown): Failure | null {
  if (error instanceof Refusal) return describeRefusal(error);
  if (error instanceof ConfigError || error instanceof PolicyPackError) return failure(error.message);
  if (error instanceof CommanderError) return { lines: [`✗ ${wordsFor(error)}`, HELP], exitCode: 2 };
  const { code = '', path = '' } = error as { code?: string; path?: string };
  if (code in FILE_WORDS) return failure(`✗ ${FILE_WORDS[code]!}: ${path}`);
  if (code.startsWith('CSV_'))
    return failure(`✗ 读不懂这个 CSV 文件 This CSV file cannot be read: ${messageOf(error)}`);
  if (isDatabaseFailure(error)) return failure(`${DATABASE_WORDS} (${databaseCode(error)})`);
  return null;
}

function failure(line: string): Failure {
  return { lines: [line], exitCode: 2 };
}

function describeRefusal(refusal: Refusal): Failure {
  const { detail, detailEn, code, errors } = toProblem(refusal);
  const fields = (errors ?? []).map(({ pointer, detail: what }) => `  ${pointer}: ${what}`);
  return { lines: [`✗ ${detail} ${detailEn} (${code})`, ...fields], exitCode: 1 };
}

const FILE_WORDS: Record<string, string> = {
  ENOENT: '没有这个文件 No such file',
  ENOTDIR: '路径中有一段不是文件夹 A part of this path is no folder',
  EISDIR: '这是文件夹，不是文件 This is a folder, not a file',
  EACCES: '无权读写 You may not read or write this',
};

const HELP = '  说明 help: npm run cli -- help [command]';

const COMMAND_WORDS: Record<string, string> = {
  'commander.unknownOption': '没有这个选项',
  'commander.unknownCommand': '没有这个命令',
  'commander.missingArgument': '缺少参数',
  'commander.missingMandatoryOptionValue': '缺少必需的选项',
  'commander.optionMissingArgument': '选项缺少值',
  'commander.excessArguments': '参数过多',
  'commander.invalidArgument': '选项的值有误',
  'commander.conflictingOption': '选项互相冲突',
};

function wordsFor({ code, message }: CommanderError): string {
  const zh = COMMAND_WORDS[code];
  return `${zh ? `${zh} ` : ''}${message.replace(/^error: /, '').replace(/\n\s*/g, ' ')}`;
}

const DATABASE_WORDS =
  '✗ 打不开学分银行的数据库：请检查 DATABASE_FILE 或 DATABASE_URL，以及服务器是否在运行 ' +
  "The bank's database cannot be opened: check DATABASE_FILE or DATABASE_URL, and whether the server runs";

/** Codes of the drivers: the file is none of SQLite's or out of reach; the server is away, or says no to who asks. */
function isDatabaseFailure(error: unknown): boolean {
  return /^(SQLITE_(NOTADB|CANTOPEN|READONLY|CORRUPT)|ECONNREFUSED|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|28\w{3}|3D000)/.test(
    databaseCode(error),
  );
}

function databaseCode(error: unknown): string {
  const { code, errors } = error as { code?: string; errors?: { code?: string }[] };
  return code ?? errors?.[0]?.code ?? '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
