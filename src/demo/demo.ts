import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { load } from '../cli/load.js';
import { verify } from '../cli/verify.js';
import { createApp } from '../create-app.js';
import { ApiKeys } from '../platform/auth/api-keys.service.js';
import type { Config } from '../platform/config/config.js';
import { Policies, policyVersion } from '../policy/policy.port.js';
import { postWeek } from './post-week.js';
import type { Print } from './print.js';
import { tellLearnerStory } from './tell-learner-story.js';

const FIXTURES = 'fixtures/taiyuan';
const POLICY = 'fixtures/policy/taiyuan-default.yaml';

/**
 * The bank's main job on real files, told as it happens, on a fresh bank; then the same bank is served. Every figure it
 * prints is read back from the book.
 */
export async function demo(config: Config, print: Print): Promise<number> {
  const folder = join(dirname(config.DATABASE_FILE), 'demo');
  const own = { ...config, DATABASE_URL: undefined, DATABASE_FILE: join(folder, 'bank.sqlite') } as Config;
  await rm(folder, { recursive: true, force: true });
  const step = steps(print);

  step('新建演示银行', 'A new bank in one SQLite file');
  const app = await createApp(own);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  await app.init();
  const pack = await app.get(Policies).publishFile(POLICY);
  print(`  ${own.DATABASE_FILE}，规则 rules: ${policyVersion(pack)} ${pack.title.zh}`);

  step('载入太原的区划、机构、课程、课次和学习者', 'Units, providers, courses, sessions, learners');
  await load(app, FIXTURES, print);

  step('导入一周的考勤表', 'A week of attendance sheets (2024-06-03 … 06-09)');
  await postWeek(app, join(FIXTURES, 'week'), print);

  const story = await tellLearnerStory(app, FIXTURES, step, print);

  step('核对全部账目', 'Verify the whole book');
  const isSound = await verify(app, print);
  if (!isSound) return 1;

  await app.listen(own.PORT, own.HOST);
  const { port } = new URL(await app.getUrl());
  await sayWhatNext(app, `http://localhost:${port}`, story, print);
  return 0;
}

/** Numbers the steps of the story. */
function steps(print: Print): (title: string, titleEn: string) => void {
  let number = 0;
  return (title, titleEn) => {
    number += 1;
    print(`\n${number}. ${title}  ${titleEn}`);
  };
}

async function sayWhatNext(
  app: NestFastifyApplication,
  home: string,
  story: { learnerId: string; certificate: string; transcript: string },
  print: Print,
): Promise<void> {
  const keys = app.get(ApiKeys);
  const [learner, registrar, auditor, administrator] = [
    await keys.issue({ role: 'learner', label: 'demo learner', learnerId: story.learnerId }),
    await keys.issue({ role: 'registrar', label: 'demo registrar' }),
    await keys.issue({ role: 'auditor', label: 'demo auditor' }),
    await keys.issue({ role: 'administrator', label: 'demo administrator' }),
  ];
  print(`
服务已启动 Serving at ${home}   （Ctrl+C 停止 to stop）

接下来可以打开 Open next:
  ${home}/                                首页 home
  ${home}/verify/${story.certificate}           任何人可验证的证书 a certificate anyone can verify
  ${home}/verify/${story.transcript}           成绩单 a transcript
  ${home}/me                              我的学分：浏览器会询问密钥（用户名任意，密码填密钥）
                                          my credit: the browser asks for a key (any user name, the key as password)
  ${home}/api/docs                        接口文档 the API

演示密钥 Demo keys:
  学习者 learner        ${learner.key}
  登记员 registrar      ${registrar.key}
  审计员 auditor        ${auditor.key}
  管理员 administrator  ${administrator.key}

试一试 Try:
  curl -s -H "Authorization: Bearer ${learner.key}" ${home}/api/v1/learners/${story.learnerId}/balance`);
}
