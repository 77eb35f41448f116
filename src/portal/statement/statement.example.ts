import type { PolicyPack } from '../../policy/domain/policy-pack.js';
import type { StatementContent } from './read-statement.service.js';

const LEARNER = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** A frozen account with held, outlived and waiting parts that a young bank does not have yet. */
export function frozenStatement(pack: PolicyPack): StatementContent {
  const credit = {
    creditType: 'leisure',
    recognisedCenti: 150,
    availableCenti: 90,
    heldCenti: 20,
    awardedCenti: 0,
    convertedCenti: 30,
    expiredCenti: 10,
  };
  const time = {
    creditType: 'leisure',
    attendedSeconds: 78_354,
    waitingSeconds: 54,
    keptSeconds: 0,
    pendingSeconds: 5_400,
  };
  return {
    learnerId: LEARNER,
    holder: {
      learnerId: LEARNER,
      name: '张示例',
      maskedIdentity: '140*************15',
      identityType: 'RESIDENT_ID',
      unitCode: '140106001901',
      status: 'frozen',
      mergedInto: null,
      openedOn: '2016-06-03',
    },
    asOf: { day: null, atMs: Date.parse('2024-06-10T01:00:00Z'), today: '2024-06-10' },
    statement: {
      learnerId: LEARNER,
      version: 12,
      lastChangeAt: Date.parse('2024-06-09T12:00:00Z'),
      credits: [credit],
      studyTime: [time],
      points: 0,
    },
    credits: [{ ...credit, outlivedCenti: 40 }],
    lots: [],
    entries: [],
    pack,
    waits: [{ creditType: 'leisure', waitingSeconds: 54, next: { seconds: 432, amountCenti: 1 } }],
    courseWaits: [
      {
        creditType: 'leisure',
        courseId: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4f',
        pendingSeconds: 5_400,
        title: '电工基础',
        provider: '示例职业学校',
        gate: { attendance: [{ upToSessions: 9, percent: 80 }], otherwisePercent: 70, gradeMinimum: 60 },
      },
    ],
    recent: { items: [], next: null },
    progress: [],
    documents: [],
    notices: [
      { lot: 3, creditType: 'leisure', availableCenti: 30, validUntil: '2024-06-30', withinDays: 30 },
      { lot: 4, creditType: 'leisure', availableCenti: 20, validUntil: '2024-08-30', withinDays: 90 },
    ],
    honours: {
      points: 12,
      studySeconds: 192_600,
      ladders: [
        {
          code: 'study-hours',
          name: { zh: '终身学习荣誉', en: 'Lifelong-learning honours' },
          seconds: 192_600,
          reached: [{ title: { zh: '学习之友', en: 'Friend of learning' }, seconds: 180_000, day: '2024-05-20' }],
          next: { title: { zh: '学习之星', en: 'Star of learning' }, seconds: 360_000, missingSeconds: 167_400 },
        },
      ],
      benefits: [
        {
          code: 'bookshop-95',
          name: { zh: '书店九五折', en: 'Bookshop 5 % off' },
          reads: 'points',
          atLeast: 100,
          have: 12,
          isReached: false,
        },
      ],
    },
  };
}
