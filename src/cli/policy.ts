import { randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { canonicalJson, sha256Hex } from '../kernel/canonical-json.js';
import { Clock, shanghaiDay } from '../kernel/clock.js';
import { Refusal } from '../kernel/refusal.js';
import { ApiKeys } from '../platform/auth/api-keys.service.js';
import { idempotencyScope, type Caller } from '../platform/auth/caller.js';
import { Reader } from '../platform/database/data-sources.js';
import {
  changeLine,
  comparePacks,
  DraftPolicy,
  explainCode,
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
import { policyWhatIf } from './policy-what-if.js';

/** Options of the policy commands. */
export interface PolicyOptions {
  /** File that holds the API key of the person who acts. */
  key?: string;
  comment?: string;
  pack?: string;
  out?: string;
  from?: string;
  to?: string;
  csv?: boolean;
}

type Print = (line: string) => void;
/** Opens the configured bank, for the commands that need one. */
type OpenBank = () => Promise<NestFastifyApplication>;

/** Runs `policy <action> …`: the exit code, or null when the words make no command. */
export async function runPolicyCommand(
  [action, ...words]: string[],
  options: PolicyOptions,
  openBank: OpenBank,
  print: Print,
): Promise<number | null> {
  const [first, second] = words;
  if (action === 'list') return list(await openBank(), print);
  if (action === 'reference') return writeReference(options.out ?? 'fixtures/policy', print);
  if (!first) return null;
  if (action === 'validate') return validate(first, print);
  if (action === 'diff') return second ? diff(first, second, openBank, print) : null;
  if (action === 'explain') return explain(first, options.pack, openBank, print);
  if (action === 'what-if') return policyWhatIf(await openBank(), first, options, print);
  if (action === 'publish') return publish(await openBank(), first, options, print);
  if (action === 'draft' || action === 'review') return prepare(await openBank(), action, first, options, print);
  return null;
}

async function validate(file: string, print: Print): Promise<number> {
  try {
    const { pack } = readPackText(await readFile(file));
    print(`✓ ${policyVersion(pack)} ${pack.title.zh} ${pack.title.en}`);
    print(
      `  学分类型 credit types ${pack.creditTypes.length}，折算标准 tariffs ${pack.tariffs.length}，活动类型 activity types ${pack.activityTypes.length}，` +
        `上限 caps ${pack.caps.length}，转换规则 conversion rules ${pack.conversionRules.length}，目录项目 catalogue items ${pack.recognition?.catalogue.length ?? 0}，` +
        `证书项目 programmes ${pack.programmes.length}；自 ${pack.effectiveFrom} 起 in force from ${pack.effectiveFrom}`,
    );
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
  const codes = [...new Set(explainPack(pack).map((rule) => rule.code))];
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
  options: PolicyOptions,
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
  options: PolicyOptions,
  print: Print,
): Promise<number> {
  const caller = await callerOf(app, options);
  if (!caller) return askForKey(print);
  const comment = options.comment ?? null;
  if (action === 'draft') {
    const { content } = readPackText(await readFile(named));
    const { answer } = await app.get(DraftPolicy).run(caller, onceFor(caller), content, comment);
    print(`✓ ${answer.policyVersion}  ${STATES[answer.state]}；下一步由另一人审核 next: another person reviews it`);
    return 0;
  }
  const read = { comment, contentHash: null };
  const { answer } = await app.get(ReviewPolicy).run(caller, onceFor(caller), named, read);
  print(`✓ ${answer.policyVersion}  ${STATES[answer.state]}；可以发布 it may be published`);
  return 0;
}

/** The administrator whose key is in the file, or null. The key itself is never on the command line, where others see it. */
async function callerOf(app: NestFastifyApplication, { key }: PolicyOptions): Promise<Caller | null> {
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
