import type { CertificateSnapshot, IssuedDocument } from '../../certificates/certificates.port.js';

/** A certificate that was revoked, with lines of two courses. */
export const REVOKED_CERTIFICATE: IssuedDocument<CertificateSnapshot> = {
  learnerId: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e',
  serial: 'C7K2M9QX4TNB8V',
  version: 8,
  snapshotHash: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  issuedAt: Date.parse('2024-06-10T01:00:00Z'),
  revocation: { revokedAt: Date.parse('2024-06-11T02:30:00Z'), reason: '材料不实' },
  snapshot: {
    kind: 'certificate',
    serial: 'C7K2M9QX4TNB8V',
    issuer: { zh: '太原市终身学习学分银行', en: 'Taiyuan Lifelong Learning Credit Bank' },
    programme: {
      code: 'community-learner',
      title: { zh: '社区学习结业证书', en: 'Community learning certificate' },
      category: 'leisure',
    },
    holder: { name: '张示例', identityType: 'RESIDENT_ID', maskedIdentity: '140*************15' },
    issuedOn: '2024-06-10',
    policyVersion: 'taiyuan-default@2024.1',
    entryId: '0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.8',
    total: '0.50',
    byType: [{ creditType: 'leisure', name: { zh: '文化休闲学分', en: 'Culture and leisure credit' }, amount: '0.50' }],
    lines: [
      { lot: 1, creditType: 'leisure', amount: '0.40', source: lesson(1, '养生有道', 19_440) },
      { lot: 2, creditType: 'leisure', amount: '0.10', source: lesson(2, '老年摄影', 5_400) },
    ],
  },
};

function lesson(version: number, title: string, studySeconds: number) {
  return {
    entryId: `0198c1f0-7a3e-7c60-9d7e-3f0b6a1c2d4e.${version}`,
    kind: 'attendance',
    title,
    provider: '示例迎泽区社区学院',
    day: '2024-06-03',
    studySeconds,
  };
}
