import type { IssuedDocument, TranscriptSnapshot } from '../../certificates/certificates.port.js';

const LEARNER = '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e';

/** A transcript with credit in every place it can be. */
export const TRANSCRIPT: IssuedDocument<TranscriptSnapshot> = {
  learnerId: LEARNER,
  serial: 'T6W1SMABAG665S',
  version: 9,
  snapshotHash: '743b748a22aaea6006d319385228b3f8d10b2c55bf518ec206f17adffeb5ff8d',
  issuedAt: Date.parse('2024-06-10T01:00:00Z'),
  revocation: null,
  snapshot: {
    kind: 'transcript',
    serial: 'T6W1SMABAG665S',
    issuer: { zh: '太原市终身学习学分银行', en: 'Taiyuan Lifelong Learning Credit Bank' },
    holder: { name: '张示例', identityType: 'RESIDENT_ID', maskedIdentity: '140*************15' },
    issuedOn: '2024-06-10',
    asOf: '2024-06-09',
    version: 9,
    totals: [
      {
        creditType: 'leisure',
        name: { zh: '文化休闲学分', en: 'Culture and leisure credit' },
        recognised: '1.00',
        available: '0.30',
        held: '0.10',
        awarded: '0.40',
        converted: '0.15',
        expired: '0.05',
      },
    ],
    studyTime: [
      { creditType: 'leisure', attendedSeconds: 48_654, waitingSeconds: 54, keptSeconds: 0, pendingSeconds: 0 },
    ],
    lines: [
      line(1, { recognised: '0.60', awarded: '0.40', converted: '0.15', expired: '0.05' }),
      line(2, { recognised: '0.40', available: '0.30', held: '0.10' }),
    ],
  },
};

function line(lot: number, amounts: Partial<TranscriptSnapshot['lines'][number]>): TranscriptSnapshot['lines'][number] {
  return {
    lot,
    creditType: 'leisure',
    recognised: '0.00',
    available: '0.00',
    held: '0.00',
    awarded: '0.00',
    converted: '0.00',
    expired: '0.00',
    earnedOn: '2024-06-03',
    validUntil: '2031-06-03',
    source: {
      entryId: `${LEARNER}.${lot}`,
      kind: 'attendance',
      title: '养生有道',
      provider: '示例迎泽区社区学院',
      day: '2024-06-03',
      studySeconds: 24_300,
    },
    ...amounts,
  };
}
