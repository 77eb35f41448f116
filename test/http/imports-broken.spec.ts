import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import supertest from 'supertest';
import { bodyOf } from '../support/catalogue.js';
import { City, sheetOf } from '../support/city.js';

/** Files that cannot be read as a table: the code for the whole file. */
const REFUSED: Record<string, { code: string; detail: string }> = {
  'binary.csv': { code: 'file-encoding-unknown', detail: '请另存为“CSV UTF-8”或 GB18030 编码的 CSV。' },
  'empty.csv': { code: 'file-missing', detail: '请在表单的 file 字段中附上文件，或以 text/csv 直接发送。' },
  'header-only.csv': { code: 'file-empty', detail: '请在表头下至少填写一行。' },
  'missing-column.csv': {
    code: 'file-columns-wrong',
    detail: '缺少列：分钟；多余列：—。请使用模板的表头。',
  },
  'semicolon.csv': {
    code: 'file-columns-wrong',
    detail: '缺少列：课次、学习卡号、分钟；多余列：课次;学习卡号;分钟;签到方式。请使用模板的表头。',
  },
  'unclosed-quote.csv': {
    code: 'file-malformed',
    detail: '第 5 行附近的引号或分隔符有误；请用表格软件重新另存为 CSV。',
  },
  'unknown-column.csv': { code: 'file-columns-wrong', detail: '缺少列：—；多余列：备注。请使用模板的表头。' },
  'utf16.csv': { code: 'file-encoding-unknown', detail: '请另存为“CSV UTF-8”或 GB18030 编码的 CSV。' },
  'wrong-encoding.csv': { code: 'file-encoding-unknown', detail: '请另存为“CSV UTF-8”或 GB18030 编码的 CSV。' },
};

/** Files that are tables with mistakes in them: every line that comes back, with its field and code. */
const RETURNED: Record<string, string[]> = {
  'html-and-sql.csv': [
    '2 session session-unknown',
    '3 cardNumber card-number-invalid',
    '4 minutes minutes-out-of-range',
    '5 evidence evidence-unknown',
    '6 cardNumber card-number-invalid',
  ],
  'mangled-numbers.csv': [
    '2 cardNumber card-number-mangled',
    '3 cardNumber card-number-invalid',
    // Line 4 is posted: the apostrophe of a text cell is no part of the number.
    '5 cardNumber card-number-invalid',
    '6 cardNumber card-number-invalid',
    '7 minutes minutes-out-of-range',
    '8 minutes minutes-out-of-range',
    '9 minutes minutes-out-of-range',
    '10 session session-unknown',
  ],
  'replacement-characters.csv': ['5 evidence text-damaged', '6 session text-damaged'],
  'short-row.csv': ['5 minutes row-incomplete'],
};

const bad = (file: string) => readFileSync(`fixtures/bad/${file}`);

describe('a broken sheet', () => {
  let city: City;
  let key: string;
  beforeAll(async () => {
    city = await City.open('sqlite', { UPLOAD_LIMIT: '2097152' });
    key = await city.provider('SQXY-YZ');
  });
  afterAll(() => city.stop());

  const written = () =>
    Promise.all(['journal_entry', 'attendance_import', 'attendance_import_rejection'].map((name) => city.count(name)));

  it('is one that this test knows', () => {
    expect(readdirSync('fixtures/bad').sort()).toEqual([...Object.keys(REFUSED), ...Object.keys(RETURNED)].sort());
  });

  it.each(Object.entries(REFUSED))(
    'is refused whole, tried or sent, as a body or in a form: %s',
    async (file, problem) => {
      const before = await written();
      for (const dryRun of [true, false]) {
        const asBody = await city.upload(bad(file), key, { dryRun });
        expect(asBody.body).toMatchObject(problem);
        expect(asBody.status).toBe(file === 'empty.csv' ? 400 : 422);
        const inForm = bodyOf(await city.uploadForm(bad(file), key, { dryRun }));
        expect(inForm).toMatchObject(file === 'empty.csv' ? { code: 'file-empty' } : problem);
      }
      expect(await written()).toEqual(before);
    },
  );

  it.each(Object.entries(RETURNED))('gives its wrong lines back: %s', async (file, lines) => {
    const answer = bodyOf(await city.upload(bad(file), key).expect(201));
    const rejected = answer['rejected'] as { line: number; field: string; code: string }[];
    expect(rejected.map(({ line, field, code }) => `${line} ${field} ${code}`)).toEqual(lines);
    expect(Number(answer['posted']) + Number(answer['alreadyRecorded'])).toBe(
      Number(answer['rowCount']) - lines.length,
    );
  });

  it('gives a formula back as text that no spreadsheet runs', async () => {
    const { importId } = bodyOf(await city.upload(bad('html-and-sql.csv'), key).expect(201));
    const { text } = await city.bank.get(`/api/v1/attendance-imports/${String(importId)}/rejected.csv`, key);
    expect(text).toContain(`"'=HYPERLINK(""https://example.invalid"",""刷卡"")"`);
    expect(text).toContain('<script>alert(1)</script>,140108000000010,90,刷卡,2,session-unknown');
  });

  describe('by its form', () => {
    const post = (type: string) =>
      supertest(city.bank.app.getHttpServer())
        .post('/api/v1/attendance-imports')
        .set('Authorization', `Bearer ${key}`)
        .set('Idempotency-Key', randomUUID())
        .set('Content-Type', type);
    const part = (name: string, rest = '') =>
      `--x\r\nContent-Disposition: form-data; name="${name}"${rest}\r\n\r\n课次,学习卡号,分钟\r\na,b,1\r\n`;

    it.each<[string, string, string, number, string]>([
      ['no body at all', 'text/csv', '', 400, 'file-missing'],
      ['JSON', 'application/json', '{"rows":[]}', 400, 'file-missing'],
      ['a form without a file', 'multipart/form-data; boundary=x', `${part('remark')}--x--\r\n`, 400, 'file-missing'],
      ['an empty form', 'multipart/form-data; boundary=x', '--x--\r\n', 400, 'file-missing'],
      ['an unknown type', 'application/vnd.ms-excel', 'a,b', 415, 'unsupported-media-type'],
      ['too much', 'text/csv', 'x'.repeat(2_097_153), 413, 'body-too-large'],
    ])('is refused when there is %s', async (_, type, body, status, code) => {
      const answer = await post(type).send(body);
      expect(answer.body).toMatchObject({ code });
      expect(answer.status).toBe(status);
    });

    it('is refused in a form when it is too large', async () => {
      const answer = await city.uploadForm(Buffer.alloc(2_097_153, 'x'), key);
      expect(answer.body).toMatchObject({ status: 413, code: 'body-too-large' });
    });

    it('is refused when it has more rows than a file may bring', async () => {
      const rows = Array.from({ length: 50_001 }, (_, index) => `S,${index},1`);
      const answer = await city.upload(`session,card_number,minutes\n${rows.join('\n')}\n`, key);
      expect(answer.body).toMatchObject({ code: 'list-too-long', limit: 50_000, given: 50_001 });
    });

    it('is read with any order of columns, and with the column left out that may be', async () => {
      const lines = sheetOf('17-museum-visit.csv').toString('utf8').trim().split('\n').slice(1, 4);
      const turned = lines.map((line) => line.split(',')).map(([session, card, minutes]) => [minutes, session, card]);
      const museum = await city.provider('BWG-01');
      const sheet = `MINUTES, Session ,card_number\n${turned.map((cells) => cells.join(',')).join('\n')}`;
      expect(bodyOf(await city.upload(sheet, museum))).toMatchObject({ rowCount: 3, posted: 3 });
    });
  });
});
