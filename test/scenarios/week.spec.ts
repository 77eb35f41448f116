import { bodyOf } from '../support/catalogue.js';
import { City, sheetOf, tableOf } from '../support/city.js';
import { readTable, type Row } from './read-table.js';

/*
 * The whole way of a few learners of the fixture week: sheets → study time → credit → completion → conversion →
 * certificate → transcript. The expected numbers were added up from the sheets without this program: minutes × 60,
 * whole hundredths of 486 s (leisure) and 432 s (vocational), half of what is converted.
 */

type Amounts = Record<string, string>;

const NOTHING: Amounts = { recognised: '0.00', available: '0.00', converted: '0.00', awarded: '0.00' };
const LEARNERS = readTable('week.csv');

describe('week.csv: what a week of learning comes to', () => {
  let city: City;
  /** Results of the completion list by card. */
  const completions = new Map<string, string>();
  beforeAll(async () => {
    city = await City.open();
    for (const { file, provider_code: provider } of tableOf('fixtures/taiyuan/week/index.csv'))
      await city.upload(sheetOf(file!), await city.provider(provider!)).expect(201);
    const graduates = tableOf('fixtures/taiyuan/completions.csv');
    const path = `/api/v1/courses/${await city.courseId('ZYKC-YLHL')}/completions`;
    const rows = graduates.map((row) => ({ cardNumber: row['card_number'], grade: Number(row['grade']) }));
    const answer = await city.bank.post(path, await city.provider('ZGXX-01'), { rows }).expect(201);
    (answer.body as { rows: { status: string; problem?: { code: string } }[] }).rows.forEach(({ problem }, index) =>
      completions.set(graduates[index]!['card_number']!, problem?.code ?? 'passed'),
    );
  });
  afterAll(() => city.stop());

  const post = (path: string, body: object) => city.bank.post(`/api/v1/${path}`, city.registrar, body);

  async function balance(learnerId: string) {
    const body = bodyOf(await city.bank.get(`/api/v1/learners/${learnerId}/balance`, city.registrar).expect(200));
    const credits = new Map((body['credits'] as Amounts[]).map((credit) => [credit['creditType'], credit]));
    const times = new Map(
      (body['studyTime'] as Record<string, number | string>[]).map((time) => [time['creditType'], time]),
    );
    return {
      visits: Number(body['version']),
      leisure: credits.get('leisure') ?? NOTHING,
      vocational: credits.get('vocational') ?? NOTHING,
      time: (type: string, field: string) => Number(times.get(type)?.[field] ?? 0),
    };
  }

  /** The answer of a conversion as the table writes it: what came, or why nothing did. */
  async function convert(learnerId: string, amount: string): Promise<string> {
    const answer = bodyOf(await post('conversions', { learnerId, from: 'leisure', to: 'vocational', amount }));
    return String(answer['toAmount'] ?? answer['code']);
  }

  async function certify(learnerId: string, programme: string): Promise<string> {
    const answer = bodyOf(await post('certificates', { learnerId, programme }));
    return answer['serial'] ? 'issued' : `还差 ${String(answer['missing'])}`;
  }

  it.each(LEARNERS)('$card: $story', async (row) => {
    const cardNumber = row['card']!;
    const learnerId = await city.learnerId(cardNumber);
    const earned = await balance(learnerId);
    const completion = completions.get(cardNumber) ?? '';
    const converted = row['convert'] ? await convert(learnerId, row['convert']) : '';
    const certificate = row['programme'] ? await certify(learnerId, row['programme']) : '';
    const left = await balance(learnerId);
    const minutes = (type: string) => earned.time(type, 'attendedSeconds') / 60;
    const actual: Row = {
      ...row,
      visits: String(earned.visits - (completion === 'passed' ? 1 : 0)),
      'leisure minutes': String(minutes('leisure')),
      'vocational minutes': String(minutes('vocational') - Number(row['gated minutes'])),
      completion,
      'leisure credit': earned.leisure['recognised']!,
      'leisure waiting seconds': String(earned.time('leisure', 'waitingSeconds')),
      'vocational credit': earned.vocational['recognised']!,
      converted,
      certificate,
      'leisure awarded': left.leisure['awarded']!,
      'vocational awarded': left.vocational['awarded']!,
      'leisure left': left.leisure['available']!,
      'vocational left': left.vocational['available']!,
    };
    expect(actual).toEqual(row);
    // Time in a course that is not passed waits there.
    expect(earned.time('vocational', 'pendingSeconds')).toBe(
      completion === 'passed' ? 0 : Number(row['gated minutes']) * 60,
    );
    const { document } = (await post('transcripts', { learnerId }).expect(201)).body as {
      document: { totals: Amounts[]; lines: Amounts[] };
    };
    for (const type of ['leisure', 'vocational'] as const) {
      const total = document.totals.find(({ creditType }) => creditType === type) ?? NOTHING;
      expect(total).toMatchObject(left[type]);
      const lines = document.lines.filter(({ creditType }) => creditType === type);
      for (const field of Object.keys(NOTHING)) {
        const sum = lines.reduce((so, line) => so + Math.round(Number(line[field]) * 100), 0);
        expect((sum / 100).toFixed(2)).toBe(total[field]);
      }
    }
  });
});
