import { parse } from 'yaml';
import { explainCode, explainPack } from '../../../src/policy/domain/explain-pack.js';
import { MINIMAL_PACK, RECIPES } from '../../../src/policy/domain/pack-example.js';
import { readPolicyPack } from '../../../src/policy/domain/read-policy-pack.js';
import { PROJECT_DIMENSIONS } from '../../../src/policy/domain/recognition-rules.js';
import { named, shippedFile } from './pack-parts.js';

const shipped = readPolicyPack(shippedFile());

/** The minimal pack with the recipe of the reference that has a code. */
function packWith(code: string) {
  const recipe = RECIPES.find(({ yaml }) => yaml.includes(`code: ${code}`));
  return readPolicyPack({ ...(parse(MINIMAL_PACK) as object), ...(parse(recipe!.yaml) as object) });
}

/** Sentences of the one rule of a code, Chinese and English side by side. */
function told(pack: ReturnType<typeof readPolicyPack>, code: string): string[] {
  const [rule, ...others] = explainCode(pack, code);
  expect(others).toEqual([]);
  return rule!.sentences.map(({ zh, en }) => `${zh} | ${en}`);
}

describe('a rule in plain words', () => {
  it.each<[string, string[]]>([
    [
      'leisure-to-vocational',
      [
        '2.00 文化休闲学分 → 1.00 职业培训学分 | 2.00 Culture and leisure credit → 1.00 Vocational training credit',
        '自 2013-01-01 起有效 | in force from 2013-01-01',
        '有此上限的规则一起转入的，不超过《社区养老护理研修证书》总学分的 1/2 | at most 1/2 of the total of "Community care study certificate", with all rules that have this cap',
      ],
    ],
    [
      'leisure',
      [
        '属文化休闲 | category: culture and leisure',
        '活动未另行规定时按折算标准 leisure-time 计 | activities that name none of their own count by the tariff leisure-time',
        '获得后 7 年内可用于转换和证书，记录永远保留 | usable for conversions and awards for 7 years; the record stays for ever',
      ],
    ],
    [
      'community-learner',
      [
        '《社区学习结业证书》共需 0.50 学分 | "Community learning certificate" asks for 0.50 credit',
        '文化休闲类 | category: culture and leisure',
        '其中文化休闲学分至少 0.50，只算学分类型为文化休闲学分的学习 | Culture and leisure credit: at least 0.50, only learning of the type Culture and leisure credit',
        '同一课程多次修读计成绩最好的一次 | of several attempts at one course the best counts',
      ],
    ],
    [
      'protectedWords',
      [
        '非学历证书名称不得含：学历、学位、毕业证书、degree、diploma | the title of a non-degree award may not say: 学历, 学位, 毕业证书, degree, diploma',
      ],
    ],
    [
      'taiyuan-default',
      [
        '自 2013-01-01 的学习起适用（版本 2024.1） | decides learning from 2013-01-01 on (version 2024.1)',
        '证书与成绩单由“太原市终身学习学分银行”签发 | certificates and transcripts are issued by "Taiyuan Lifelong Learning Credit Bank"',
        '一课时 45 分钟 | a class hour is 45 minutes',
        '每人每天最多计 8 小时，超出部分不计 | at most per person and day: 8 h, the rest is cut off',
        '学分到期前 90、30 天提醒学习者 | learners are told 90 and 30 days before credit ends',
        '文化休闲学分永远不得转换为学历教育学分 | leisure credit never becomes degree credit',
      ],
    ],
  ])('%s of the shipped pack', (code, sentences) => {
    expect(told(shipped, code)).toEqual(sentences);
  });

  it.each<[string, string[]]>([
    [
      'semester',
      [
        '每人每学期最多计 24.00 学分 | at most 24.00 credit a semester',
        '按结束日归入周期 | counted by the day it ended',
        '超出则整笔拒绝 | what would go beyond it is refused whole',
      ],
    ],
    [
      'one-institution',
      [
        '每人终身最多计 105.00 学分 | at most 105.00 credit in a lifetime',
        '按机构分别计算 | counted apart for each provider',
        '超出部分不计 | what is beyond it is cut off',
      ],
    ],
    [
      'certificates',
      [
        '每人终身最多计 3 次（个） | at most 3 in number in a lifetime',
        '只算类别为证书的学习 | only learning of the class certificates',
        '超出则整笔拒绝 | what would go beyond it is refused whole',
      ],
    ],
    [
      'first-aid',
      [
        '计 文化休闲学分 2.00 | 2.00 credit of Culture and leisure credit',
        '发证机构：示例市红十字会 | issued by 示例市红十字会',
        '自 2024-01-01 起有效 | in force from 2024-01-01',
        '自动认定 | recognised at once',
      ],
    ],
    [
      'hour-point',
      [
        '每次每满 1 小时得 1 积分 | 1 point for every full 1 h of a visit',
        '每人每天最多 8 积分 | at most 8 points a day',
        '积分不是学分 | points are never credit',
      ],
    ],
    [
      'hours',
      [
        '累计满 50 小时：好学之星 | from 50 h: Keen learner',
        '累计满 100 小时：勤学之星 | from 100 h: Diligent learner',
      ],
    ],
    ['books', ['积分达到 100 即可享受，不扣减 | from 100 points on; nothing is spent']],
    ['stamp', ['每次参加计 0.10 学分，不论时长 | 0.10 credit a visit, however long']],
  ])('%s of a recipe', (code, sentences) => {
    expect(told(packWith(code), code)).toEqual(sentences);
  });

  it('says what an award is limited to', () => {
    expect(told(packWith('by-conversion'), 'community-learner')).toEqual(
      expect.arrayContaining([
        '转换占比（by-conversion）：最多计入总学分的 1/2，只算来源为转换的学习 | Share of conversion: at most 1/2 of the total, only learning that came by conversion',
        '本地学习（here）：至少要有 2.00 学分，只算来源为本地考勤的学习 | Sessions here: at least 2.00 credit, only learning that came by sessions here',
      ]),
    );
  });

  it('says the level of an item, and who runs a project and when it is reviewed', () => {
    const file = shippedFile();
    const project = {
      ...{ issuer: '太原社区学院', accreditedOn: '2024-03-01', reviewDue: '2027-03-01' },
      findings: Object.fromEntries(PROJECT_DIMENSIONS.map((dimension) => [dimension, '符合要求'])),
    };
    file.levelSchemes = [{ code: 'ladder', name: named('Ladder'), levels: [{ code: 'LX', name: named('Level X') }] }];
    const item = { code: 'WORK', title: named('Work'), creditType: 'vocational', credit: '1', level: 'LX' };
    Object.assign(file.programmes[0]!, { items: [item] });
    Object.assign(file.recognition!.catalogue![0]!, { code: 'PROJECT', level: 'LX', project });
    const pack = readPolicyPack(file);
    expect(told(pack, file.programmes[0]!.code)).toContainEqual(
      expect.stringMatching(/"Work": 1\.00 .*, level: Level X$/),
    );
    expect(told(pack, 'PROJECT')).toContain(
      '已认证项目，实施单位 太原社区学院，2024-03-01 认证，2027-03-01 复核；其后取得的暂不认定 | an accredited project of 太原社区学院, accredited on 2024-03-01, to be reviewed on 2027-03-01; later results wait for that',
    );
  });

  it('says how outcomes of elsewhere count, or that none do', () => {
    const none = readPolicyPack({ ...shippedFile(), recognition: undefined });
    expect(told(none, 'recognition')).toEqual(['不认定校外成果 | nothing is recognised from elsewhere']);
    expect(told(packWith('first-aid'), 'recognition')).toEqual([
      '课程每 2 原始学分折合 文化休闲学分 1，不足 0.01 的舍去 | 2 raw credit of courses become 1 credit of Culture and leisure credit; less than 0.01 is dropped',
      '审核 15 个工作日，申诉处理 15 个工作日，决定后 30 天内可申诉 | reviews within 15 working days, appeals decided within 15 working days; a learner may appeal for 30 days after the decision',
    ]);
  });

  it('is told of every rule that has a code, and of every part', () => {
    const codes = new Set(explainPack(shipped).map(({ code }) => code));
    const { creditTypes, tariffs, activityTypes, conversionRules, programmes } = shipped;
    for (const { code } of [...creditTypes, ...tariffs, ...activityTypes, ...conversionRules, ...programmes])
      expect(codes).toContain(code);
    expect([...codes]).toEqual(expect.arrayContaining(['calendar', 'titleRules', 'recognition', 'protectedWords']));
    expect(explainPack(shipped).every(({ sentences }) => sentences.length > 0)).toBe(true);
  });

  it('is none for a code that no rule has', () => {
    expect(explainCode(shipped, 'toString')).toEqual([]);
  });

  it('says who decides an outcome, and how they vote', () => {
    expect(told(packWith('collective'), 'collective')).toEqual([
      '初审通过后评议按比例折合的成果 | decides after the first review: outcomes counted by a rate',
      '3 人投票，全部投完后 2 票以上同意即认定，否则不予认定 | 3 people vote; when all have, 2 or more in favour recognise it, fewer reject it',
      '申诉由同样组成、未参与原决定的人重新投票 | an appeal is voted on by as many others, in the same way',
    ]);
    expect(told(packWith('collective'), 'new-standard').slice(1)).toEqual([
      '5 人投票，全部投完后 3 票以上同意即认定，否则不予认定 | 5 people vote; when all have, 3 or more in favour recognise it, fewer reject it',
      '其中至少 1 名连续从业满 5 年的行业专家 | at least 1 of them expert, 5 years or more in the trade',
      '申诉由同样组成、未参与原决定的人重新投票 | an appeal is voted on by as many others, in the same way',
    ]);
  });
});
