import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import supertest from 'supertest';
import {
  AttendanceRowRequest,
  CompletionRowRequest,
  readAttendanceBody,
  readCompletionBody,
} from '../../src/attendance/attendance.request.js';
import { Refusal, type FieldError } from '../../src/kernel/refusal.js';
import { bodyValidation } from '../../src/platform/http/body-validation.js';
import { bodyOf } from '../support/catalogue.js';
import { Seed } from '../support/seed.js';

/** Places of all mistakes, or nothing when a body is right. */
async function mistakesOf(check: () => unknown): Promise<string[]> {
  try {
    await check();
    return [];
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'validation-failed') throw error;
    return [...new Set((error.details['errors'] as FieldError[]).map(({ pointer }) => pointer))].sort();
  }
}

/** What class-validator says of a body, by the pipe that every other route uses. */
function byClass(body: unknown, metatype: new () => object): Promise<string[]> {
  return mistakesOf(() => bodyValidation().transform(structuredClone(body), { type: 'body', metatype }));
}

const CARD = '140106000000019';

describe('the compiled check of attendance bodies', () => {
  it.each<[string, object, string[]]>([
    ['a row', { cardNumber: CARD, minutes: 90 }, []],
    ['a row with evidence', { cardNumber: CARD, minutes: 90, evidence: 'qr' }, []],
    ['no evidence, said aloud', { cardNumber: CARD, minutes: 90, evidence: null }, ['/evidence']],
    ['nothing', {}, ['/cardNumber', '/minutes']],
    ['a number for the card', { cardNumber: 140106000000019, minutes: 90 }, ['/cardNumber']],
    ['an empty card', { cardNumber: '', minutes: 90 }, ['/cardNumber']],
    ['a card of 40 characters', { cardNumber: '1'.repeat(40), minutes: 90 }, []],
    ['a card of 41 characters', { cardNumber: '1'.repeat(41), minutes: 90 }, ['/cardNumber']],
    ['a card of 40 characters beyond the first plane', { cardNumber: '𠮷'.repeat(40), minutes: 90 }, []],
    ['minutes as text', { cardNumber: CARD, minutes: '90' }, ['/minutes']],
    ['half minutes', { cardNumber: CARD, minutes: 90.5 }, ['/minutes']],
    ['minutes of true', { cardNumber: CARD, minutes: true }, ['/minutes']],
    ['no minutes, said aloud', { cardNumber: CARD, minutes: null }, ['/minutes']],
    ['a list of minutes', { cardNumber: CARD, minutes: [90] }, ['/minutes']],
    ['huge minutes', { cardNumber: CARD, minutes: 1e21 }, []],
    ['evidence of no known kind', { cardNumber: CARD, minutes: 90, evidence: 'hearsay' }, ['/evidence']],
    ['evidence that is a number', { cardNumber: CARD, minutes: 90, evidence: 1 }, ['/evidence']],
    ['a field that is not known', { cardNumber: CARD, minutes: 90, session: 'TTKT' }, ['/session']],
    [
      'mistakes everywhere',
      { cardNumber: [], minutes: {}, evidence: 0, x: 1 },
      ['/cardNumber', '/evidence', '/minutes', '/x'],
    ],
  ])('and class-validator say the same of %s', async (_, body, mistakes) => {
    expect(await mistakesOf(() => readAttendanceBody(body))).toEqual(mistakes);
    expect(await byClass(body, AttendanceRowRequest)).toEqual(mistakes);
  });

  const value = fc.oneof(
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.string({ maxLength: 45 }),
    fc.string({ unit: 'grapheme', maxLength: 45 }),
    fc.constantFrom(null, true, 'card', 'list', CARD, 90, ''),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const names = fc.constantFrom('session', 'Minutes', 'card_number', '中', 'a/b~c');

  it('and class-validator say the same of any row', async () => {
    const rows = fc.record(
      { cardNumber: value, minutes: value, evidence: value, extra: fc.dictionary(names, value, { maxKeys: 2 }) },
      { requiredKeys: ['extra'] },
    );
    await fc.assert(
      fc.asyncProperty(rows, async ({ extra, ...row }) => {
        const body = { ...extra, ...row };
        expect(await mistakesOf(() => readAttendanceBody(body))).toEqual(await byClass(body, AttendanceRowRequest));
      }),
      { numRuns: 400 },
    );
  });

  it('and class-validator say the same of any completion', async () => {
    const rows = fc.record({ cardNumber: value, grade: value }, { requiredKeys: [] });
    await fc.assert(
      fc.asyncProperty(rows, async (row) => {
        const expected = (await byClass(row, CompletionRowRequest)).map((pointer) => `/rows/0${pointer}`);
        expect(await mistakesOf(() => readCompletionBody({ rows: [row] }))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});

describe('the mistakes of a body', () => {
  const errorsOf = (check: () => unknown): FieldError[] => {
    try {
      check();
      return [];
    } catch (error) {
      return (error as Refusal).details['errors'] as FieldError[];
    }
  };

  it('are told in both languages, Chinese first, under the codes of the other bodies', async () => {
    const body = { cardNumber: '', minutes: '90', evidence: 'hearsay', session: 'TTKT' };
    const expected = [
      { pointer: '/session', code: 'whitelistValidation', detail: '不认识的字段 unknown field' },
      { pointer: '/cardNumber', code: 'minLength', detail: '至少 1 个字符 must have at least 1 characters' },
      { pointer: '/minutes', code: 'isInt', detail: '必须是整数 must be a whole number' },
      { pointer: '/evidence', code: 'isIn', detail: '须为其一 must be one of: card, list, qr, self, import' },
    ];
    const byPointer = (a: FieldError, b: FieldError) => (a.pointer < b.pointer ? -1 : 1);
    expect(errorsOf(() => readAttendanceBody(body)).sort(byPointer)).toEqual(expected.sort(byPointer));
    const byClass = bodyValidation().transform(body, { type: 'body', metatype: AttendanceRowRequest });
    const refusal: unknown = await byClass.catch((error: unknown) => error);
    expect((refusal as { details: { errors: FieldError[] } }).details.errors.sort(byPointer)).toEqual(expected);
  });

  it.each<[string, unknown, FieldError]>([
    ['no field', { minutes: 90 }, { pointer: '/cardNumber', code: 'isDefined', detail: '必须填写 must be given' }],
    [
      'no rows',
      { rows: [] },
      { pointer: '/rows', code: 'arrayMinSize', detail: '至少 1 项 must have at least 1 items' },
    ],
    ['no object', 'x', { pointer: '', code: 'isObject', detail: '必须是对象 must be an object' }],
    ['rows that are none', { rows: 1 }, { pointer: '/rows', code: 'isArray', detail: '必须是列表 must be a list' }],
  ])('are told of %s', (_, body, expected) => {
    expect(errorsOf(() => readAttendanceBody(body))).toEqual([expected]);
  });

  it('escape the names of fields in their pointers', () => {
    const body = { rows: [{ cardNumber: CARD, minutes: 90, 'a/b~c': 1 }] };
    expect(errorsOf(() => readAttendanceBody(body))).toMatchObject([{ pointer: '/rows/0/a~1b~0c' }]);
  });
});

describe('an attendance request that is no row', () => {
  let seed: Seed;
  let path: string;
  beforeAll(async () => {
    seed = await Seed.start({ BODY_LIMIT: '65536' });
    path = `/api/v1/sessions/${await seed.session(await seed.course())}/attendance`;
  });
  afterAll(() => seed.stop());

  const raw = (type: string, body: string, to = path) =>
    supertest(seed.bank.app.getHttpServer())
      .post(to)
      .set('Authorization', `Bearer ${seed.provider}`)
      .set('Idempotency-Key', randomUUID())
      .set('Content-Type', type)
      .send(body);

  const JSON_TYPE = 'application/json';
  it.each<[string, string, string, number, string]>([
    ['is cut off', JSON_TYPE, `{"cardNumber":"${CARD}","minutes":`, 400, 'malformed-json'],
    ['has minutes that are not a number', JSON_TYPE, `{"cardNumber":"${CARD}","minutes":NaN}`, 400, 'malformed-json'],
    ['has minutes without end', JSON_TYPE, `{"cardNumber":"${CARD}","minutes":1e999}`, 422, 'minutes-out-of-range'],
    ['is empty', JSON_TYPE, '', 400, 'malformed-json'],
    ['is a word', JSON_TYPE, 'null', 400, 'validation-failed'],
    ['is a text', JSON_TYPE, '"rows"', 400, 'validation-failed'],
    ['is a list', JSON_TYPE, `[{"cardNumber":"${CARD}","minutes":90}]`, 400, 'validation-failed'],
    ['would change what objects are', JSON_TYPE, '{"__proto__":{"minutes":90}}', 400, 'malformed-json'],
    [
      'would change what objects are made by',
      JSON_TYPE,
      '{"constructor":{"prototype":{"a":1}}}',
      400,
      'malformed-json',
    ],
    ['is too large', JSON_TYPE, `{"cardNumber":"${'1'.repeat(65_536)}"}`, 413, 'body-too-large'],
    ['is XML', 'application/xml', '<minutes>90</minutes>', 415, 'unsupported-media-type'],
    ['is a form', 'application/x-www-form-urlencoded', 'minutes=90', 400, 'validation-failed'],
    ['has no type that exists', 'nonsense', '{}', 415, 'unsupported-media-type'],
    ['is a sheet', 'text/csv', `cardNumber,minutes\n${CARD},90`, 415, 'unsupported-media-type'],
  ])('is refused when it %s', async (_, type, body, status, code) => {
    const answer = await raw(type, body);
    expect(bodyOf(answer)).toMatchObject({ status, code });
    expect(answer.status).toBe(status);
  });

  it('is refused when a list of completions is as long as a text', async () => {
    const completions = `/api/v1/courses/${await seed.course()}/completions`;
    for (const rows of ['"x"'.replace('x', 'x'.repeat(1_500)), '{"length":5000}']) {
      expect(bodyOf(await raw(JSON_TYPE, `{"rows":${rows}}`, completions))).toMatchObject({
        code: 'validation-failed',
      });
    }
  });
});
