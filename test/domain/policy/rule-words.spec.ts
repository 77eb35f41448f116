import { awardWords } from '../../../src/policy/domain/award-words.js';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { PackFile } from '../../../src/policy/domain/pack-file.js';
import type { Tariff } from '../../../src/policy/domain/tariffs.js';
import { conversionWords } from '../../../src/policy/domain/conversion-words.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { activityWords, gateWords, tariffWords } from '../../../src/policy/domain/rule-words.js';

const pack = readPolicyPack(parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')));
const activity = (code: string) => pack.activityTypes.find((type) => type.code === code)!;
const zh = (words: { zh: string }[]) => words.map((word) => word.zh);

describe('rules in words', () => {
  it.each<[string, Tariff, string]>([
    [
      'class hours a credit',
      { code: 'a', kind: 'per-time', rounding: 'cumulative', secondsPerQuantum: 486, quantumCenti: 1 },
      '18 课时 × 45 分钟 = 1 学分；486 秒 = 0.01 学分；不足部分留待下次，不会丢失',
    ],
    [
      'steps of an hour',
      { code: 'b', kind: 'per-time', rounding: 'session-half-up', secondsPerQuantum: 3_600, quantumCenti: 100 },
      '1 小时 = 1 学分；每次按步四舍五入',
    ],
    ['a visit', { code: 'c', kind: 'per-visit', centiPerVisit: 10 }, '每次参加计 0.10 学分，不论时长'],
  ])('price %s', (_, tariff, words) => {
    expect(tariffWords(pack, tariff).zh).toBe(words);
  });

  it('name every gate and cap of an activity', () => {
    expect(zh(activityWords(pack, activity('VISIT')))).toEqual([
      '每次至少 20 分',
      '每次最多计 2 小时，超出部分不计',
      '每天最多计 1 次',
      '每人每天最多计 8 小时，超出部分不计',
      '全天开放，不与其他课次比对时间',
      '接受的出勤依据：刷卡、名单、扫码、自报、导入',
    ]);
  });

  it('tell a cap that cuts from one that refuses', () => {
    const file = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as PackFile;
    const visit = file.activityTypes.find(({ code }) => code === 'VISIT')!;
    visit.courseCap = { minutes: 600, whenOver: 'refuse' };
    expect(zh(activityWords(readPolicyPack(file), activity('VISIT')))).toContain(
      '每门课程累计最多计 10 小时，超出则整次不计',
    );
  });

  it('say what a course must be passed with', () => {
    expect(gateWords(activity('VOCATIONAL_COURSE').completion!).zh).toBe(
      '通过结业考核后计入：9 次以内的课程出勤至少 80%，更长的课程至少 70%，成绩至少 60 分',
    );
    expect(gateWords({ attendance: [], otherwisePercent: 75, gradeMinimum: null }).zh).toBe(
      '通过结业考核后计入：出勤至少 75%',
    );
  });

  it('say how credit converts and how far', () => {
    expect(zh(conversionWords(pack, pack.conversionRules[0]!))).toEqual([
      '文化休闲学分转换为职业培训学分（leisure-to-vocational）',
      '2.00 文化休闲学分 → 1.00 职业培训学分',
      '自 2013-01-01 起有效',
      '有此上限的规则一起转入的，不超过《社区养老护理研修证书》总学分的 1/2',
    ]);
  });

  it('say what an award asks for', () => {
    expect(zh(awardWords(pack, pack.programmes[1]!))).toEqual([
      '《社区养老护理研修证书》共需 0.95 学分',
      '职业培训类',
      '其中职业培训学分至少 0.85，只算学分类型为职业培训学分的学习',
      '其中文化休闲学分至少 0.10，只算学分类型为文化休闲学分的学习',
      '同一课程多次修读计成绩最好的一次',
    ]);
  });
});
