import type { WorthCheck } from '../../../src/recognition/domain/worth.js';
import { passedWords } from '../../../src/recognition/domain/worth-words.js';

const passed = (check: WorthCheck['check'], facts: WorthCheck['facts']): WorthCheck => ({
  ...{ check, isPassed: true, code: null, facts },
});

describe('a check of an outcome that passed', () => {
  it.each<[WorthCheck['check'], WorthCheck['facts'], string, string]>([
    [
      'worth',
      { raw: '4.00', rate: '2:1', asked: '2.00', limit: '6.00' },
      '原始 4.00，按 2:1，拟认定 2.00 学分，上限 6.00',
      'raw 4.00 at 2:1 makes 2.00 credits, at most 6.00',
    ],
    [
      'worth',
      { raw: null, rate: null, asked: '3.00', limit: null },
      '原始 —，拟认定 3.00 学分',
      'raw — makes 3.00 credits',
    ],
    ['level', { level: 'L3' }, '等级 L3', 'level L3'],
    ['level', { level: null }, '不分等级', 'of no level'],
    [
      'validity',
      { obtainedOn: '2024-05-20', validUntil: null },
      '取得于 2024-05-20，长期有效',
      'obtained on 2024-05-20, valid for ever',
    ],
    [
      'title',
      { outcomeTitle: '会计基础', entryId: null },
      '没有与《会计基础》同名的成果',
      'nothing of the title "会计基础" is held yet',
    ],
    [
      'cap',
      { nameZh: '证书', nameEn: 'Certificates', limit: '3', used: '1', left: '2', asked: '1', counted: '1' },
      '证书：上限 3，已用 1，尚余 2，申请 1，计入 1',
      'Certificates: limit 3, used 1, left 2, asked 1, counted 1',
    ],
    [
      'item',
      { item: 'CARE', obtainedOn: '2024-05-20', effectiveFrom: '2024-01-01', effectiveTo: null },
      '目录项目 CARE 在取得之日 2024-05-20 有效',
      'item CARE was in force on 2024-05-20, when it was obtained',
    ],
    [
      'item',
      { item: 'TOUR', accreditedOn: '2024-01-01', reviewDue: '2026-01-01' },
      '取得于项目认可期内（2024-01-01—2026-01-01）',
      'obtained while the project was accredited (2024-01-01—2026-01-01)',
    ],
    [
      'item',
      { item: 'CARE', givenZh: '证书', givenEn: 'certificate' },
      '成果类别为证书，与目录相同',
      "it is of the item's class, certificate",
    ],
    ['item', { item: 'CARE', minimum: 60, grade: 80 }, '成绩 80，至少须 60', 'mark 80, at least 60 is asked'],
    [
      'item',
      { item: 'CARE', minimum: null, grade: null },
      '与目录项目 CARE 相符',
      'as item CARE of the catalogue asks',
    ],
  ])('says of %s what was compared: %j', (check, facts, zh, en) => {
    expect(passedWords(passed(check, facts))).toEqual({ zh, en });
  });
});
