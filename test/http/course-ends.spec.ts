import { Reader } from '../../src/platform/database/data-sources.js';
import { LotSources } from '../../src/ledger/lot-sources.port.js';
import { Statements } from '../../src/ledger/statements.service.js';
import { bodyOf } from '../support/catalogue.js';
import { changedPack } from '../support/changed-pack.js';
import { Seed, type SeededLearner } from '../support/seed.js';

describe('the last day of a passed course', () => {
  let seed: Seed;
  beforeAll(async () => {
    const pack = changedPack((file) => {
      Object.assign(
        file.creditTypes.find(({ code }) => code === 'vocational')!,
        { validityYears: 2 },
      );
      file.caps = [
        {
          ...{ code: 'term', name: { zh: '每学期', en: 'A semester' }, limit: { credit: '0.90' }, per: 'semester' },
          ...{ date: 'end', only: { outcomeClasses: ['course'] }, whenOver: 'refuse' },
        },
      ];
    });
    seed = await Seed.start({ POLICY_FILE: pack });
    seed.bank.clock.set('2024-09-10T09:00:00+08:00');
  });
  afterAll(() => seed.stop());

  /** A gated course with a session on each of these days, of which the learner attends the first `attended`. */
  const course = async (learner: SeededLearner, days: string[], attended: number): Promise<string> => {
    const courseId = await seed.course({
      ...{ activityType: 'VOCATIONAL_COURSE', creditType: 'vocational', plannedSessions: days.length },
    });
    for (const [index, day] of days.entries()) {
      const sessionId = await seed.session(courseId, { startsAt: `${day}T09:00:00+08:00` });
      if (index < attended) await seed.attend(sessionId, learner);
    }
    return courseId;
  };
  const days = (from: string, count: number) =>
    Array.from({ length: count }, (_, day) => new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10));
  const lotsOf = async ({ learnerId }: SeededLearner) => {
    const { app } = seed.bank;
    const lots = await app.get(Statements).lots(learnerId);
    const facts = await app.get(LotSources).of(app.get(Reader).sql, learnerId, lots);
    return lots.map(({ lot, earnedOn, validUntil }) => [earnedOn, validUntil, facts.get(lot)!.endsOn]);
  };

  it('is that of its last session, visited or not: autumn, though the learner’s last visit was in August', async () => {
    const learner = await seed.learner();
    await seed.complete(await course(learner, days('2024-08-10', 5), 5), learner, 80);
    // Seven of ten sessions are 37,800 s: 0.87, beside which the 0.62 of August have no room in one semester.
    const across = await course(learner, days('2024-08-24', 10), 7);
    const entryId = await seed.complete(across, learner, 80);
    const entry = bodyOf(await seed.bank.get(`/api/v1/entries/${entryId}`, seed.registrar).expect(200));
    expect(entry).toMatchObject({
      occurredAt: '2024-09-02T02:30:00.000Z',
      detail: { startsOn: '2024-08-24', endsOn: '2024-09-02', attendedSessions: 7 },
    });
    const autumn = [2024, 2026].map((year) => `${year}-09-02`);
    const booked = [
      ['2024-08-14', '2026-08-14', '2024-08-14'],
      [...autumn, '2024-09-02'],
    ];
    expect(await lotsOf(learner)).toEqual(booked);
    await expect(seed.complete(await course(learner, days('2024-09-03', 5), 5), learner, 80)).rejects.toThrow(
      'cap-reached',
    );

    // A session scheduled afterwards moves nothing, also when the completion is undone and brought back.
    await seed.session(across, { startsAt: '2024-09-05T09:00:00+08:00' });
    expect(await lotsOf(learner)).toEqual(booked);
    await seed.reverse(await seed.reverse(entryId));
    expect((await lotsOf(learner)).at(-1)).toEqual([...autumn, '2024-09-02']);
    const serial = await seed.transcript(learner);
    const transcript = bodyOf(await seed.bank.get(`/api/v1/transcripts/${serial}`, learner.key).expect(200));
    expect(JSON.stringify(transcript)).toContain('"earnedOn":"2024-09-02"');
    expect(JSON.stringify(transcript)).not.toContain('2024-09-05');
  });

  it('is that of the last session that has taken place', async () => {
    const learner = await seed.learner();
    const some = [...days('2024-08-25', 7), '2024-09-06', '2024-09-20', '2024-09-21'];
    await seed.complete(await course(learner, some, 7), learner, 80);
    expect(await lotsOf(learner)).toEqual([['2024-09-06', '2026-09-06', '2024-09-06']]);
  });
});
