import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Command } from 'commander';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Clock, shanghaiDay, SystemClock } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { ApiKeys } from '../platform/auth/api-keys.service.js';
import { idempotencyScope, type Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import {
  calendarWarning,
  changeLine,
  comparePacks,
  DraftPolicy,
  explainCode,
  explainedCodes,
  explainPack,
  Policies,
  PolicyPackError,
  policyVersion,
  publishedSchema,
  PublishPolicy,
  ReadPolicies,
  readPackText,
  referenceMarkdown,
  ReviewPolicy,
  type PackText,
  type PolicyPack,
} from '../policy/policy.port.js';
import { parseDay } from './arguments.js';
import { policyWhatIf } from './policy-what-if.js';
import type { Terminal } from './terminal.js';

/** Who acts: a file that holds the API key of that person, and what they say. */
interface ActorOptions {
  key?: string;
  comment?: string;
}

type Print = (line: string) => void;
/** Opens the configured bank, for the commands that need one. */
type OpenBank = () => Promise<NestFastifyApplication>;

/** `policy …`: checking and explaining a file needs no bank. */
export function addPolicyCommands(program: Command, terminal: Terminal): void {
  const policy = program.command('policy').description('规则包 policy packs');
  addReadingCommands(policy, terminal);
  addPublishingCommands(policy, terminal);
}

function addReadingCommands(policy: Command, terminal: Terminal): void {
  const { print } = terminal;
  const openBank = () => terminal.bank();
  policy
    .command('validate <file.yaml>')
    .description('检查规则包，列出全部错误 check a pack, all mistakes with their lines')
    .action(async (file: string) => {
      terminal.exitCode = await validate(file, shanghaiDay(new SystemClock().nowMs()), print);
    });
  policy
    .command('diff <before> <after>')
    .description('两份规则（文件或版本）的不同 what two packs, files or versions, say differently')
    .action(async (before: string, after: string) => {
      terminal.exitCode = await diff(before, after, openBank, print);
    });
  policy
    .command('explain <code>')
    .description('用中英文解释规则，或 all a rule in plain words, or all')
    .option('--pack <pack>', '文件或版本 a file or version; else the rules in force')
    .action(async (code: string, { pack }: { pack?: string }) => {
      terminal.exitCode = await explain(code, pack, openBank, print);
    });
  policy
    .command('list')
    .description('规则版本 versions and their states')
    .action(async () => {
      terminal.exitCode = await list(await openBank(), print);
    });
  policy
    .command('what-if <draft.yaml>')
    .description('试算规则草案，不写入 who would gain and lose; writes nothing')
    .requiredOption('--from <day>', '自 from', parseDay)
    .requiredOption('--to <day>', '至 to', parseDay)
    .option('--csv', '输出 CSV as CSV')
    .action(async (file: string, options: { from: string; to: string; csv?: boolean }) => {
      terminal.exitCode = await policyWhatIf(await openBank(), file, options, print);
    });
  policy
    .command('reference')
    .description('由规则包的结构生成说明和 JSON Schema write the reference page and the JSON Schema')
    .option('--out <folder>', '文件夹 folder', 'fixtures/policy')
    .action(async ({ out }: { out: string }) => {
      terminal.exitCode = await writeReference(out, print);
    });
}

function addPublishingCommands(policy: Command, terminal: Terminal): void {
  const { print } = terminal;
  const step = (words: string, description: string) =>
    policy
      .command(words)
      .description(description)
      .option('--key <file>', '存有您的 API 密钥的文件 file that holds your API key')
      .option('--comment <text>', '说明 comment');
  step('draft <file.yaml>', '起草；此后由他人审核 draft a version; then another person reviews it').action(
    async (file: string, options: ActorOptions) => {
      terminal.exitCode = await prepare(await terminal.bank(), 'draft', file, options, print);
    },
  );
  step('review <version>', '审核；此后可以发布 review it; then it may be published').action(
    async (version: string, options: ActorOptions) => {
      terminal.exitCode = await prepare(await terminal.bank(), 'review', version, options, print);
    },
  );
  step('publish <pack>', '发布；新银行的首份规则无须审核 publish it; the first rules of a bank need no review').action(
    async (named: string, options: ActorOptions) => {
      terminal.exitCode = await publish(await terminal.bank(), named, options, print);
    },
  );
}

/** Says what is no mistake but should be known before the pack is published. */
function warn(pack: PolicyPack, today: string, print: Print): void {
  const warning = calendarWarning(pack, today);
  if (warning) print(`⚠ ${warning.zh} ${warning.en}`);
}

async function validate(file: string, today: string, print: Print): Promise<number> {
  try {
    const { pack } = readPackText(await readFile(file));
    print(`✓ ${policyVersion(pack)} ${pack.title.zh} ${pack.title.en}`);
    print(
      `  学分类型 credit types ${pack.creditTypes.length}，折算标准 tariffs ${pack.tariffs.length}，活动类型 activity types ${pack.activityTypes.length}，` +
        `上限 caps ${pack.caps.filter(({ short }) => short === null).length}，转换规则 conversion rules ${pack.conversionRules.length}，目录项目 catalogue items ${pack.recognition?.catalogue.length ?? 0}，` +
        `证书项目 programmes ${pack.programmes.length}；自 ${pack.effectiveFrom} 起 in force from ${pack.effectiveFrom}`,
    );
    warn(pack, today, print);
    return 0;
  } catch (error) {
    if (!(error instanceof PolicyPackError)) throw error;
    print(`✗ ${file}: ${error.mistakes.length} 处错误 mistakes`);
    print(error.message);
    return 1;
  }
}

async function diff(before: string, after: string, openBank: OpenBank, print: Print): Promise<number> {
  const changes = comparePacks(await contentOf(before, openBank), await contentOf(after, openBank));
  for (const change of changes) print(changeLine(change));
  print(changes.length === 0 ? '没有不同 No difference' : `${changes.length} 处不同 differences`);
  return 0;
}

/** Content of a pack: of a file, or of a version of the bank, which is written `code@version`. */
async function contentOf(named: string, openBank: OpenBank): Promise<unknown> {
  if (!isVersion(named)) return readPackText(await readFile(named)).content;
  return JSON.parse((await (await openBank()).get(ReadPolicies).find(named)).content);
}

function isVersion(named: string): boolean {
  return /^[\w-]+@[\w.-]+$/.test(named);
}

async function explain(code: string, named: string | undefined, openBank: OpenBank, print: Print): Promise<number> {
  const pack = await packOf(named, openBank);
  const rules = code === 'all' ? explainPack(pack) : explainCode(pack, code);
  for (const { part, code: name, name: title, sentences } of rules) {
    print(`${title.zh} ${title.en}  ${part} ${name} (${policyVersion(pack)})`);
    for (const { zh } of sentences) print(`  · ${zh}`);
    for (const { en } of sentences) print(`  · ${en}`);
  }
  if (rules.length > 0) return 0;
  const codes = explainedCodes(pack);
  print(`✗ ${policyVersion(pack)} 中没有代码 ${code} no rule has this code. 有 there are: ${codes.join(', ')}`);
  return 1;
}

/** The pack of a file or version, or else the one in force today. */
async function packOf(named: string | undefined, openBank: OpenBank): Promise<PolicyPack> {
  if (named !== undefined && !isVersion(named)) return readPackText(await readFile(named)).pack;
  const app = await openBank();
  if (named !== undefined) return app.get(ReadPolicies).pack(named);
  return app.get(Policies).inForceOn(shanghaiDay(app.get(Clock).nowMs()));
}

async function list(app: NestFastifyApplication, print: Print): Promise<number> {
  const today = shanghaiDay(app.get(Clock).nowMs());
  const inForce = app.get(Policies).inForceOrNone(today);
  for (let cursor: string | undefined; ;) {
    const { items, next } = await app.get(ReadPolicies).list({ cursor, limit: 200 });
    for (const { policyVersion: version, content, life } of items) {
      const { effectiveFrom } = JSON.parse(content) as { effectiveFrom: string };
      const now = inForce && policyVersion(inForce) === version ? '  ← 现行 in force' : '';
      print(`${version}  ${STATES[life.state]}  自 from ${effectiveFrom}${now}`);
    }
    if (next === null) return 0;
    cursor = next;
  }
}

const STATES = { draft: '草案 draft', reviewed: '已审 reviewed', published: '已发布 published' };

/** The first rules of a bank at once; afterwards only what a second person has reviewed, by the holder of a key. */
async function publish(
  app: NestFastifyApplication,
  named: string,
  options: ActorOptions,
  print: Print,
): Promise<number> {
  const file = isVersion(named) ? null : readPackText(await readFile(named));
  const version = file ? policyVersion(file.pack) : named;
  if (file && (await mayStart(app, file))) {
    const pack = await app.get(Policies).publish(file.content);
    print(`✓ ${policyVersion(pack)} 自 ${pack.effectiveFrom} 起生效 in force from ${pack.effectiveFrom}`);
    return 0;
  }
  const caller = await callerOf(app, options);
  if (!caller) return askForKey(print);
  if (file) await requireSameContent(app, version, file);
  const { answer } = await app.get(PublishPolicy).run(caller, onceFor(caller), version, options.comment ?? null);
  print(`✓ ${version} 自 ${answer.effectiveFrom} 起生效 in force from ${answer.effectiveFrom}`);
  return 0;
}

/** True for a bank without rules, and for what is published already, which changes nothing. */
async function mayStart(app: NestFastifyApplication, { pack }: PackText): Promise<boolean> {
  const [rules] = await app.get(Reader).sql.rows('select policy_version from policy_version limit 1');
  return !rules || app.get(Policies).byVersion(policyVersion(pack)) !== null;
}

/** What is published is what was reviewed, not what the file says by now. */
async function requireSameContent(app: NestFastifyApplication, version: string, { content }: PackText): Promise<void> {
  const { life } = await app.get(ReadPolicies).find(version);
  if (life.contentHash !== sha256Hex(canonicalJson(content)))
    throw new Refusal('policy-not-reviewed', { policyVersion: version });
}

async function prepare(
  app: NestFastifyApplication,
  action: 'draft' | 'review',
  named: string,
  options: ActorOptions,
  print: Print,
): Promise<number> {
  const caller = await callerOf(app, options);
  if (!caller) return askForKey(print);
  const comment = options.comment ?? null;
  if (action === 'draft') {
    const { content, pack } = readPackText(await readFile(named));
    warn(pack, shanghaiDay(app.get(Clock).nowMs()), print);
    const { answer } = await app.get(DraftPolicy).run(caller, onceFor(caller), { body: content, raw: null }, comment);
    print(`✓ ${answer.policyVersion}  ${STATES[answer.state]}；下一步由另一人审核 next: another person reviews it`);
    return 0;
  }
  const read = { comment, contentHash: null };
  const { answer } = await app.get(ReviewPolicy).run(caller, onceFor(caller), named, read);
  print(`✓ ${answer.policyVersion}  ${STATES[answer.state]}；可以发布 it may be published`);
  return 0;
}

/** The administrator whose key is in the file, or null. The key itself is never on the command line, where others see it. */
async function callerOf(app: NestFastifyApplication, { key }: ActorOptions): Promise<Caller | null> {
  if (key === undefined) return null;
  const caller = await app.get(ApiKeys).authenticate((await readFile(key, 'utf8')).trim());
  if (!caller) throw new Refusal('unauthenticated');
  if (caller.role !== 'administrator') throw new Refusal('forbidden', { role: caller.role });
  return caller;
}

function askForKey(print: Print): number {
  print(
    '✗ 本行已有规则：新版本由一人起草、另一人审核后发布，请用 --key <存有您的 API 密钥的文件> ' +
      'This bank has rules: a new version is drafted by one person and reviewed by another; say who you are with --key <file with your API key>',
  );
  return 2;
}

function onceFor(caller: Caller) {
  const key = randomUUID();
  return { scope: idempotencyScope(caller), key, bodyHash: key };
}

/** Writes what is generated from the schema of a pack: the schema itself and the reference page. */
async function writeReference(folder: string, print: Print): Promise<number> {
  const files = {
    'policy-pack.schema.json': `${JSON.stringify(publishedSchema(), null, 2)}\n`,
    'REFERENCE.md': referenceMarkdown(),
  };
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(folder, name), text);
    print(`✓ ${join(folder, name)}`);
  }
  return 0;
}
