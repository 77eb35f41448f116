import type { OutcomeFacts } from '../../../src/kernel/outcome.js';
import { postEntry, type LearnerBook } from '../../../src/ledger/domain/post-entry.js';
import { readRewards, type RewardsFile } from '../../../src/policy/domain/rewards.js';
import { benefitStandings, ladderStandings } from '../../../src/rewards/domain/honours.js';
import { duePoints, settlementPosting, totalPoints, type RewardedVisit } from '../../../src/rewards/domain/points.js';

const name = { zh: '名', en: 'name' };
const OUTCOME: OutcomeFacts = {
  origin: 'attendance',
  outcomeClass: 'activity',
  creditType: 'leisure',
  activityType: 'CLASS',
  item: 'KC-1',
  title: '养生有道',
  provider: 'SQXY',
  level: null,
  isAssessed: false,
  grade: null,
  startsOn: '2024-06-03',
  endsOn: '2024-06-03',
  postedOn: '2024-06-03',
};
const CIXI: RewardsFile = { pointTariffs: [{ code: 'hour', name, minutes: 60, points: 1, mostPerDay: 8 }] };

function visits(file: RewardsFile, ...minutes: number[]): RewardedVisit[] {
  const pack = { rewards: readRewards(file), levelSchemes: [] };
  return minutes.map((each, index) => ({
    pack,
    outcome: OUTCOME,
    sessionId: `s${index}`,
    startsAt: index,
    seconds: each * 60,
  }));
}

describe('points of a day', () => {
  it.each([
    ['one full hour', [60], 1],
    ['a minute less than an hour', [59], 0],
    ['two halves of different visits', [30, 30], 0],
    ['two hours and a half', [150], 2],
    ['nine hours under a cap of eight', [120, 120, 120, 120, 60], 8],
    ['nothing', [], 0],
  ])('are for %s', (_, minutes, points) => {
    expect(totalPoints(duePoints(visits(CIXI, ...minutes)))).toBe(points);
  });

  it('are capped for each tariff alone and only where its pattern fits', () => {
    const file: RewardsFile = {
      pointTariffs: [
        ...CIXI.pointTariffs!,
        { code: 'reading', name, only: { activityTypes: ['READING'] }, minutes: 10, points: 5 },
        { code: 'class', name, only: { activityTypes: ['CLASS'] }, minutes: 30, points: 2, mostPerDay: 3 },
      ],
    };
    expect(Object.fromEntries(duePoints(visits(file, 60, 60)))).toEqual({ hour: 2, class: 3 });
  });

  it.each([
    [3, 0, 0, ['rewarded', 'points', 3]],
    [3, 1, 1, ['rewarded', 'points', 2]],
    [1, 3, 3, ['points', 'rewarded', 2]],
    [1, 3, 1, ['points', 'rewarded', 1]],
    [1, 3, 0, null],
    [2, 2, 2, null],
  ])('due %i, booked %i, held %i: %j', (due, booked, balance, said) => {
    const posting = settlementPosting(due, booked, balance);
    expect(posting && [posting.source, posting.destination, posting.amount]).toEqual(said);
  });

  it.each([
    ['points', 'available'],
    ['available', 'points'],
    ['rewarded', 'available'],
    ['issued', 'points'],
    ['points', 'converted'],
  ])('never mix with credit: %s to %s is refused by the book', (source, destination) => {
    const balances = new Map([
      ['points:point', 100],
      ['available:point', 100],
    ]);
    const book: LearnerBook = { learnerId: '', status: 'active', version: 0, lotCount: 1, recordedAt: 0, balances };
    const posting = { source, destination, creditType: 'point', amount: 1, lot: 1 };
    expect(() => postEntry(book, { kind: 'reward', occurredAt: 0, postings: [posting] }, 0)).toThrow('different units');
  });
});

describe('an honour ladder', () => {
  const file: RewardsFile = {
    ladders: [
      {
        code: 'hours',
        name,
        only: { activityTypes: ['CLASS'] },
        steps: [
          { hours: 1, title: { zh: '甲', en: 'A' } },
          { hours: 2, title: { zh: '乙', en: 'B' } },
          { hours: 5, title: { zh: '丙', en: 'C' } },
        ],
      },
    ],
    benefits: [
      { code: 'a', name, reads: 'points', atLeast: 2 },
      { code: 'b', name, reads: 'study-hours', atLeast: 4 },
    ],
  };
  const rewards = readRewards(file);
  const visit = (index: number, day: string, seconds: number, activityType = 'CLASS') => ({
    outcome: { ...OUTCOME, startsOn: day, activityType },
    sessionId: `s${index}`,
    startsAt: Date.parse(`${day}T01:00:00Z`),
    seconds,
  });

  it('names the day of each step, in the order of the visits and not of their posting', () => {
    const [ladder] = ladderStandings({ rewards, levelSchemes: [] }, [
      visit(2, '2024-06-05', 3_600),
      visit(1, '2024-06-03', 3_599),
      visit(3, '2024-06-04', 1),
      visit(4, '2024-06-01', 100_000, 'READING'),
    ]);
    expect(ladder).toMatchObject({
      seconds: 7_200,
      reached: [{ day: '2024-06-04' }, { day: '2024-06-05' }],
      next: { seconds: 18_000, missingSeconds: 10_800 },
    });
  });

  it('has no next step at the top, and one visit may reach several', () => {
    const [ladder] = ladderStandings({ rewards, levelSchemes: [] }, [visit(1, '2024-06-03', 18_000)]);
    expect(ladder!.reached.map(({ day }) => day)).toEqual(['2024-06-03', '2024-06-03', '2024-06-03']);
    expect(ladder!.next).toBeNull();
  });

  it('has benefits that read a balance', () => {
    expect(benefitStandings(rewards.benefits, 2, 4 * 3_600 - 1)).toMatchObject([
      { have: 2, isReached: true },
      { have: 3, isReached: false },
    ]);
  });
});
