import type { Named } from './schema-parts.js';

/** The smallest pack that works: one kind of credit, one tariff, one activity, one certificate. YAML. */
export const MINIMAL_PACK = `# yaml-language-server: $schema=policy-pack.schema.json
code: my-city
version: '2024.1'
title: { zh: 示例市终身学习学分规则, en: Lifelong-learning credit rules of a city }
effectiveFrom: '2024-01-01'
classHourMinutes: 45
dayCap: { minutes: 480, whenOver: cut }

creditTypes:
  - code: leisure
    name: { zh: 文化休闲学分, en: Culture and leisure credit }
    category: leisure
    tariff: leisure-time

tariffs:
  # 18 × 45 分钟 = 1 学分，即每 486 秒 0.01 学分 18 class hours are one credit: 486 seconds a hundredth
  - { code: leisure-time, kind: per-time, rounding: cumulative, classHoursPerCredit: 18 }

activityTypes:
  - code: DAILY_CLASS
    name: { zh: 天天课堂, en: Daily class }
    evidence: [card, list, qr, import]

conversionRules: []

programmes:
  - code: community-learner
    title: { zh: 社区学习结业证书, en: Community learning certificate }
    category: leisure
    total: '10'
    buckets:
      - { creditType: leisure, minimum: '10' }

protectedWords: [学历, 学位, degree]
`;

/** How a rule of the kinds banks have is written: put into the minimal pack, each loads. */
export interface Recipe {
  /** The rule as a bank's paper says it. */
  rule: Named;
  /** Parts of the file, YAML; each takes the place of the same part of the minimal pack. */
  yaml: string;
}

export const RECIPES: Recipe[] = [
  {
    rule: {
      zh: '一小时一学分，每次四舍五入，满 30 分钟进一',
      en: 'One hour is one credit; 30 minutes count as an hour',
    },
    yaml: `classHourMinutes: 60
tariffs:
  - { code: leisure-time, kind: per-time, rounding: session-half-up, classHoursPerCredit: 1, step: '1' }
`,
  },
  {
    rule: { zh: '参观一次 0.10 学分，不论时长，每天一次', en: 'A visit is 0.10 credit however long, once a day' },
    yaml: `tariffs:
  - { code: leisure-time, kind: per-time, rounding: cumulative, classHoursPerCredit: 18 }
  - { code: stamp, kind: per-visit, creditPerVisit: '0.10' }
activityTypes:
  - code: VISIT
    name: { zh: 场馆参观, en: Venue visit }
    tariff: stamp
    evidence: [card, qr]
    minimumVisitMinutes: 20
    visitsPerDay: 1
    dropIn: true
`,
  },
  {
    rule: {
      zh: '结业才计学分：出勤 80%，课次超过 10 次的 70%，成绩 60 分',
      en: 'Credit when passed: 80 % of the sessions, 70 % where there are more than 10, grade 60',
    },
    yaml: `activityTypes:
  - code: COURSE
    name: { zh: 课程, en: Course }
    evidence: [card, list, import]
    completion:
      attendance:
        - { upToSessions: 10, percent: 80 }
      otherwisePercent: 70
      gradeMinimum: 60
`,
  },
  {
    rule: {
      zh: '每学期至多 24 学分、每年至多 42 学分（年度自 3 月 1 日起，按结课日计），超过即拒绝',
      en: 'At most 24 credits a semester and 42 a year from 1 March, by the last day of the course; more is refused',
    },
    yaml: `calendar: { yearStartsOn: '03-01', semestersStartOn: ['03-01', '09-01'] }
caps:
  - code: semester
    name: { zh: 每学期上限, en: Semester cap }
    limit: { credit: '24' }
    per: semester
    date: end
    whenOver: refuse
  - { code: year, name: { zh: 年度上限, en: Yearly cap }, limit: { credit: '42' }, per: year, whenOver: refuse }
`,
  },
  {
    rule: {
      zh: '同一机构终身至多 105 学分；证书类成果终身至多 3 个',
      en: 'At most 105 credits of one institution in a lifetime; at most 3 certificates',
    },
    yaml: `caps:
  - code: one-institution
    name: { zh: 单一机构上限, en: One institution }
    limit: { credit: '105' }
    per: lifetime
    each: [provider]
    whenOver: cut
  - code: certificates
    name: { zh: 证书个数, en: Number of certificates }
    limit: { count: 3 }
    per: lifetime
    only: { outcomeClasses: [certificate] }
    whenOver: refuse
`,
  },
  {
    rule: {
      zh: '证书：转入部分不超过总学分一半，至少 2 学分来自本地课堂',
      en: 'A certificate: at most half by conversion, at least 2 credits of sessions here',
    },
    yaml: `programmes:
  - code: community-learner
    title: { zh: 社区学习结业证书, en: Community learning certificate }
    category: leisure
    total: '10'
    buckets:
      - { creditType: leisure, minimum: '10' }
    caps:
      - code: by-conversion
        name: { zh: 转换占比, en: Share of conversion }
        limit: { share: 1/2, of: total }
        only: { origins: [conversion] }
    floors:
      - code: here
        name: { zh: 本地学习, en: Sessions here }
        limit: { credit: '2' }
        only: { origins: [attendance] }
`,
  },
  {
    rule: {
      zh: '每满 60 分钟 1 积分，每天至多 8 分；满 50、100 小时授予称号；满 100 积分购书九五折',
      en: '1 point per full 60 minutes, at most 8 a day; titles at 50 and 100 hours; 5 % off books from 100 points',
    },
    yaml: `rewards:
  pointTariffs:
    - { code: hour-point, name: { zh: 时长积分, en: Hour point }, minutes: 60, points: 1, mostPerDay: 8 }
  ladders:
    - code: hours
      name: { zh: 学习时长荣誉, en: Hours of study }
      steps:
        - { hours: 50, title: { zh: 好学之星, en: Keen learner } }
        - { hours: 100, title: { zh: 勤学之星, en: Diligent learner } }
  benefits:
    - { code: books, name: { zh: 购书九五折, en: 5 % off books }, reads: points, atLeast: 100 }
`,
  },
  {
    rule: {
      zh: '目录内证书自动认定 2 学分；其余原始学分二比一折算，两审 15 个工作日',
      en: 'A listed certificate is 2 credits at once; other raw credit counts two to one after two reviews in 15 working days',
    },
    yaml: `recognition:
  catalogue:
    - code: first-aid
      name: { zh: 救护员证, en: First-aider certificate }
      outcomeClass: certificate
      creditType: leisure
      credit: '2'
      issuers: [示例市红十字会]
      effectiveFrom: '2024-01-01'
      review: automatic
  rawCredit:
    - { outcomeClass: course, creditType: leisure, ratio: { from: 2, to: 1 } }
  reviewDays: 15
  appealDays: 15
  appealWithinDays: 30
`,
  },
  {
    rule: {
      zh: '目录外有折算比例的成果由三人评议、两票同意即认定；另定学分的由五人评议，至少一名连续从业五年的行业专家',
      en: 'Outside the catalogue three people decide what has a rate, two in favour; five with an expert of five years set a new worth',
    },
    yaml: `recognition:
  rawCredit:
    - { outcomeClass: course, creditType: leisure, ratio: { from: 2, to: 1 } }
  panels:
    - code: collective
      name: { zh: 集体评议, en: Collective review }
      standards: [rate]
      seats: 3
      inFavour: 2
    - code: new-standard
      name: { zh: 新标准评议, en: Panel on a new standard }
      standards: [new]
      seats: 5
      experts: { seats: 1, years: 5 }
  reviewDays: 15
  appealDays: 15
  appealWithinDays: 30
`,
  },
  {
    rule: {
      zh: '三份职业培训学分换两份学历学分，须另一人批准，转入不超过学士学位总学分的三成；学位分主修、通识、选修，毕业论文不得免修',
      en: 'Three vocational for two degree credits, approved by a second person, at most 30 % of a degree; a degree with major, general and electives, its thesis done here',
    },
    yaml: `creditTypes:
  - { code: leisure, name: { zh: 文化休闲学分, en: Culture and leisure credit }, category: leisure, tariff: leisure-time }
  - code: vocational
    name: { zh: 职业培训学分, en: Vocational credit }
    category: vocational
    tariff: leisure-time
    validityYears: 5
  - { code: degree, name: { zh: 学历学分, en: Degree credit }, category: degree, tariff: leisure-time }
courses:
  - { code: MAJ-1, name: { zh: 管理学, en: Management } }
  - { code: MAJ-2, name: { zh: 会计学, en: Accounting } }
  - { code: GEN-1, name: { zh: 大学语文, en: Chinese } }
conversionRules:
  - code: vocational-to-degree
    name: { zh: 职业培训学分转换为学历学分, en: Vocational into degree credit }
    from: vocational
    to: degree
    ratio: { from: 3, to: 2 }
    approval: required
    holdDays: 30
    cap: { programme: bachelor, numerator: 3, denominator: 10 }
    effectiveFrom: '2024-01-01'
programmes:
  - code: bachelor
    title: { zh: 学士学位, en: Bachelor degree }
    category: degree
    total: '120'
    buckets:
      - { code: major, name: { zh: 主修, en: Major }, accepts: { creditTypes: [degree], items: [MAJ-1, MAJ-2] }, minimum: '60', overflowTo: elective }
      - { code: general, name: { zh: 通识, en: General }, accepts: { creditTypes: [degree], items: [GEN-1] }, minimum: '30', overflowTo: elective }
      - { code: elective, name: { zh: 选修, en: Elective }, accepts: { creditTypes: [degree] } }
    items:
      - { code: THESIS, title: { zh: 毕业论文, en: Thesis }, creditType: degree, credit: '6', required: true, exemptible: false }
    floors:
      - { code: assessed, name: { zh: 经考核的学分, en: Assessed }, limit: { credit: '18' }, only: { assessedOnly: true } }
    attempts: best
    recencyYears: 10
`,
  },
];
