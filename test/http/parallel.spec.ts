import { randomUUID } from 'node:crypto';
import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { City, tableOf } from '../support/city.js';
import { DIALECTS } from '../support/databases.js';
import { HttpClient } from '../support/http-client.js';

const WRITERS = 50;
const DAYS = 8;
const PLACES = 120;

interface Post {
  sessionId: string;
  cardNumber: string;
  minutes: number;
  onceKey: string;
}

describe.each(DIALECTS)('fifty writers at the same time, on %s', (dialect) => {
  let city: City;
  let client: HttpClient;
  /** One session a day without a limit, and one with fewer places than there are people. */
  let open: string[];
  let full: string;
  beforeAll(async () => {
    city = await City.open(dialect);
    client = await HttpClient.to(city.bank, WRITERS);
    const { provider_id: providerId } = await city.row<{ provider_id: string }>(
      "select provider_id from provider where code = 'SQXY-YZ'",
    );
    const course = await create('courses', {
      code: 'PARALLEL',
      providerId,
      title: '同时上课',
      creditType: 'leisure',
      activityType: 'PUBLIC_LECTURE',
      plannedMinutes: 90,
      plannedSessions: 40,
      approvedFrom: '2013-01-01',
    });
    const session = async (code: string, day: number, capacity?: number) => {
      const date = `2024-05-${String(day).padStart(2, '0')}`;
      const times = { startsAt: `${date}T09:00:00+08:00`, endsAt: `${date}T10:30:00+08:00` };
      const place = { place: '示例礼堂', unitCode: '140106' };
      return (await create('sessions', { code, courseId: course['courseId'], ...times, ...place, capacity }))[
        'sessionId'
      ]!;
    };
    open = [];
    for (let day = 1; day <= DAYS; day += 1) open.push(await session(`OPEN-${day}`, day));
    full = await session('FULL', DAYS + 1, PLACES);
  });
  afterAll(() => {
    client.close();
    return city.stop();
  });

  async function create(path: string, body: object): Promise<Record<string, string>> {
    return (await city.bank.post(`/api/v1/${path}`, city.registrar, body).expect(201)).body as Record<string, string>;
  }

  const send = ({ sessionId, onceKey, ...body }: Post) =>
    client.post(`/api/v1/sessions/${sessionId}/attendance`, city.registrar, body, onceKey);

  it('get every acknowledged post into the book exactly once, none by halves, and leave it sound', async () => {
    const cards = tableOf('fixtures/taiyuan/learners.csv').map((row) => row['card_number']!);
    const posts = [...open, full].flatMap((sessionId) =>
      cards.map((cardNumber): Post => ({ sessionId, cardNumber, minutes: 90, onceKey: randomUUID() })),
    );
    // Every third post is sent again under its key, at once or later; some come back with other content.
    const again = posts.filter((_, index) => index % 3 === 0);
    const changed = posts.filter((_, index) => index % 40 === 0).map((post) => ({ ...post, minutes: 60 }));
    const queue = shuffled([...posts, ...again, ...changed]);
    expect(queue.length).toBeGreaterThan(3_500);
    const answers: { post: Post; status: number; text: string; replayed: boolean }[] = [];
    const work = async () => {
      for (let post = queue.pop(); post; post = queue.pop()) {
        const { status, text, headers } = await send(post);
        answers.push({ post, status, text, replayed: headers['idempotency-replayed'] === 'true' });
      }
    };
    await Promise.all(Array.from({ length: WRITERS }, work));

    expect(answers.filter(({ status }) => ![201, 409, 422].includes(status))).toEqual([]);
    // One key, one content, one answer: whoever came first.
    const byKey = new Map<string, Map<string, number>>();
    for (const { post, status, text } of answers) {
      const { code, instance: _, ...facts } = JSON.parse(text) as { code?: string; instance?: string };
      if (code === 'idempotency-key-reused') continue;
      const said = byKey.get(post.onceKey) ?? new Map<string, number>();
      byKey.set(post.onceKey, said.set(`${status} ${code} ${JSON.stringify(facts)}`, 1));
    }
    expect([...byKey.values()].filter((said) => said.size !== 1)).toEqual([]);

    const acknowledged = new Map(
      answers
        .filter(({ status }) => status === 201)
        .map(({ post, text }) => [post.onceKey, (JSON.parse(text) as { entryId: string }).entryId]),
    );
    const rows = await city.bank.app
      .get(Reader)
      .sql.rows<{ idempotency_key: string; learner_id: string; version: number }>(
        'select idempotency_key, learner_id, version from journal_entry where idempotency_key is not null',
      );
    const written = rows.map((row) => [row.idempotency_key, `${row.learner_id}.${row.version}`] as const);
    expect(written.length).toBe(acknowledged.size);
    expect(new Map(written)).toEqual(acknowledged);
    expect(answers.filter(({ status, replayed }) => status === 201 && !replayed)).toHaveLength(acknowledged.size);
    // Everybody in the open sessions, and as many as there were places in the full one.
    expect(acknowledged.size).toBe(cards.length * DAYS + PLACES);
    expect(await city.row('select taken from session_seat where session_id = ?', [full])).toEqual({ taken: PLACES });
    const refused = answers.filter(({ post, text }) => post.sessionId === full && text.includes('"session-full"'));
    expect(new Set(refused.map(({ post }) => post.cardNumber)).size).toBe(cards.length - PLACES);
    const said: string[] = [];
    expect({ isSound: await verify(city.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
  });
});

/** The same things in any order. */
function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item);
}
