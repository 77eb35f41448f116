import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Posting } from '../../../src/ledger/domain/entry.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { calculationWords, originWords } from '../../../src/portal/entry/entry-words.js';

const pack = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')));
const LEARNER = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';
const session = { activityType: 'DAILY_CLASS', creditType: 'leisure' };

function posting(source: string, destination: string, amount: number, after: [number | null, number | null]): Posting {
  return {
    version: 7,
    line: 1,
    source,
    destination,
    unit: source === 'issued' ? 'centi' : 'second',
    creditType: 'leisure',
    amount,
    lot: null,
    sourceAfter: after[0],
    destinationAfter: after[1],
    earnedOn: null,
    validUntil: null,
  };
}

function wordsOf(postings: Posting[], detail: unknown = null, rules = pack): string[] {
  const entry = {
    learnerId: LEARNER,
    version: 7,
    kind: 'attendance' as const,
    occurredAt: 0,
    recordedAt: 0,
    actor: LEARNER,
    providerId: null,
    subject: null,
    source: null,
    policyVersion: null,
    idempotencyKey: null,
    reversesVersion: null,
    reversedByVersion: null,
    reason: null,
    detail,
    postings,
  };
  // The rules are found by these two fields of a session alone.
  const visited = session as Parameters<typeof calculationWords>[0]['session'];
  return calculationWords({ entry, root: entry, session: visited, course: null, pack: rules, checks: [] }).map(
    ({ zh }) => zh,
  );
}

describe('how the numbers of an entry came about', () => {
  it('is told step by step from its own postings', () => {
    const words = wordsOf([
      posting('attended', 'time', 5_400, [null, 5_454]),
      posting('time', 'accrued', 5_346, [108, null]),
      posting('issued', 'available', 11, [null, 22]),
    ]);
    expect(words).toEqual([
      '办学机构提交 1 小时 30 分',
      '计入 1 小时 30 分（5400 秒）',
      '先前余下 54 秒 + 本次 5400 秒 = 5454 秒',
      '11 × 486 秒 = 5346 秒 → 11 × 0.01 = 0.11 学分',
      '余下 108 秒，留待下次',
    ]);
  });

  it('says that all of it waits when it fills no step', () => {
    expect(wordsOf([posting('attended', 'time', 300, [null, 300])]).at(-1)).toBe('不满一步，全部留待下次');
  });

  it('names every cap that cut something off', () => {
    const cuts = [
      { cap: 'visit', limitSeconds: 7_200, usedSeconds: 0, cutSeconds: 1_800 },
      { cap: 'day', limitSeconds: 28_800, usedSeconds: 25_200, cutSeconds: 3_600 },
    ];
    expect(wordsOf([posting('attended', 'time', 3_600, [null, 3_600])], { cuts }).slice(0, 4)).toEqual([
      '办学机构提交 2 小时 30 分',
      '每次上限 2 小时，截去 30 分',
      '每日上限 8 小时，此前已计 7 小时，截去 1 小时',
      '计入 1 小时（3600 秒）',
    ]);
  });

  it('says that a gated course waits to be passed', () => {
    const words = wordsOf([posting('attended', `pending/${LEARNER}`, 5_400, [null, 5_400])]);
    expect(words.at(-1)).toContain('登记结业后才折算学分');
  });

  it('needs no steps under a tariff that has none', () => {
    const tariffs = [{ code: 'leisure-time', kind: 'per-visit' as const, centiPerVisit: 10 }];
    const words = wordsOf(
      [
        posting('attended', 'time', 1_800, [null, 1_800]),
        posting('time', 'accrued', 1_800, [0, null]),
        posting('issued', 'available', 10, [null, 10]),
      ],
      null,
      { ...pack, tariffs },
    );
    expect(words).toContain('其中 1800 秒折算为 0.10 学分');
  });
});

describe('where an entry came from', () => {
  it.each([
    [`import:${LEARNER}#17`, `导入文件 ${LEARNER} 第 17 行`],
    ['list:a-key-that-could-be-used-again#0', '名单登记'],
    [null, '单条登记'],
  ])('is told for %s', (source, words) => {
    expect(originWords(source).zh).toBe(words);
  });
});
