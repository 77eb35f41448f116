import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Policies } from '../../src/policy/policy.port.js';
import { bodyOf } from '../support/catalogue.js';
import { Seed, type SeededLearner } from '../support/seed.js';

const at = (day: string, time: string) => `2024-06-${day}T${time}:00+08:00`;

const OUT_OF_RANGE = '分钟数应为 1 至 1440 的整数。';

/** What stands in the way of a visit: the session it is to, and the body that is sent. */
interface Case {
  sessionId: string;
  minutes: number;
  evidence?: string;
}

describe('gates and caps of a visit', () => {
  let seed: Seed;
  let volunteering: string;
  beforeAll(async () => {
    seed = await Seed.start();
    volunteering = await seed.course({ activityType: 'VOLUNTEER' });
    // From 8 June on: a limit for one course, a limit that refuses, and one kind of activity less.
    const rules = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
      version: string;
      effectiveFrom: string;
      activityTypes: { code: string; courseCap?: object; visitCap?: object }[];
    };
    const activityTypes = rules.activityTypes
      .filter(({ code }) => code !== 'VOLUNTEER')
      .map((type) => {
        if (type.code === 'LOCAL_COURSE') return { ...type, courseCap: { minutes: 100, whenOver: 'cut' } };
        if (type.code === 'READING') return { ...type, visitCap: { minutes: 60, whenOver: 'refuse' } };
        return type;
      });
    const changed = { ...rules, version: '2024.2', effectiveFrom: '2024-06-08', activityTypes };
    await seed.bank.app.get(Policies).publish(changed);
  });
  afterAll(() => seed.stop());

  const visit = (learner: SeededLearner, { sessionId, ...rest }: Case) =>
    seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, {
      cardNumber: learner.cardNumber,
      ...rest,
    });
  const versionOf = async ({ learnerId }: SeededLearner) =>
    bodyOf(await seed.bank.get(`/api/v1/learners/${learnerId}/balance`, seed.registrar).expect(200))['version'];
  /** A session of a course of its own. */
  const session = async (course: object, changes: object = {}) => seed.session(await seed.course(course), changes);
  const minutes = (count: number) => async () => ({ sessionId: await session({}), minutes: count });
  /** Four lectures of two hours on one day: all that a day may count. */
  const fillDay = async (learner: SeededLearner, day: string) => {
    const course = await seed.course({ activityType: 'PUBLIC_LECTURE' });
    for (const hour of ['06', '08', '10', '12'])
      await seed.attend(await seed.session(course, { startsAt: at(day, `${hour}:00`), minutes: 120 }), learner, 120);
  };

  it.each<[string, (learner: SeededLearner) => Promise<Case>, number, string, string]>([
    [
      'before the session is over',
      async () => ({ sessionId: await session({}, { startsAt: at('10', '08:30') }), minutes: 90 }),
      409,
      'session-not-over',
      '课次于 2024-06-10T02:00:00.000Z 结束，之后才能登记出勤。',
    ],
    [
      'before the course was approved',
      async () => ({ sessionId: await session({ approvedFrom: '2024-06-04' }), minutes: 90 }),
      409,
      'course-not-approved',
      '课程批准期为 2024-06-04 至 —，2024-06-03 的课次不计学分。',
    ],
    [
      'after the approval of the course ended',
      async () => ({ sessionId: await session({ approvedTo: '2024-06-02' }), minutes: 90 }),
      409,
      'course-not-approved',
      '课程批准期为 2013-01-01 至 2024-06-02，2024-06-03 的课次不计学分。',
    ],
    [
      'before any policy was in force',
      async () => ({
        sessionId: await session({ approvedFrom: '2012-01-01' }, { startsAt: '2012-12-31T09:00:00+08:00' }),
        minutes: 90,
      }),
      409,
      'policy-not-in-force',
      '2012-12-31 没有已发布的规则包；请先发布。',
    ],
    [
      'of a kind that the rules of the day do not know',
      async () => ({ sessionId: await seed.session(volunteering, { startsAt: at('08', '09:00') }), minutes: 60 }),
      422,
      'activity-type-unknown',
      '现行规则中没有活动类型 VOLUNTEER。',
    ],
    ['of no minutes', minutes(0), 422, 'minutes-out-of-range', OUT_OF_RANGE],
    ['of negative minutes', minutes(-30), 422, 'minutes-out-of-range', OUT_OF_RANGE],
    ['of more minutes than a day has', minutes(1_441), 422, 'minutes-out-of-range', OUT_OF_RANGE],
    ['of a number of 18 digits', minutes(123_456_789_012_345_680), 422, 'minutes-out-of-range', OUT_OF_RANGE],
    [
      'of a minute more than the session had',
      minutes(91),
      422,
      'minutes-exceed-session',
      '课次时长 90 分钟；请核对后填写实际分钟数。',
    ],
    [
      'that was too short',
      async () => ({ sessionId: await session({ activityType: 'VISIT' }), minutes: 19 }),
      409,
      'visit-too-short',
      '该活动至少 20 分钟才计学时。',
    ],
    [
      'on evidence that does not count',
      async () => ({ sessionId: await session({}), minutes: 90, evidence: 'self' }),
      409,
      'evidence-not-accepted',
      '该活动不接受“self”作为出勤依据。',
    ],
    [
      'to a second session at the same time',
      async (learner) => {
        await seed.attend(await session({}, { startsAt: at('03', '10:29') }), learner);
        return { sessionId: await session({}), minutes: 90 };
      },
      409,
      'attendance-overlaps',
      '该学习者当日已登记时间重叠的课次（分录 {learner}.1）；请核对哪一个有误，先冲正错误的。',
    ],
    [
      'that is on record with other minutes',
      async (learner) => {
        const sessionId = await session({});
        await seed.attend(sessionId, learner, 60);
        return { sessionId, minutes: 90 };
      },
      409,
      'attendance-already-recorded',
      '该学习者在本课次已登记 60 分钟（分录 {learner}.1，2024-06-10T01:00:00.000Z）；内容不同请先冲正。',
    ],
    [
      'to a session whose places are taken',
      async () => {
        const sessionId = await session({ capacity: 2 });
        for (const other of [await seed.learner(), await seed.learner()]) await seed.attend(sessionId, other);
        return { sessionId, minutes: 90 };
      },
      409,
      'session-full',
      '课次容量 2 人，均已登记；请核对名单。',
    ],
    [
      'that is the second of its kind on a day',
      async (learner) => {
        const course = await seed.course({ activityType: 'READING' });
        await seed.attend(await seed.session(course), learner, 60);
        return { sessionId: await seed.session(course, { startsAt: at('03', '14:00') }), minutes: 60 };
      },
      409,
      'visits-per-day-reached',
      '2024-06-03 此类活动已计 1 次，上限 1 次。',
    ],
    [
      'over a limit that refuses',
      async () => ({
        sessionId: await session({ activityType: 'READING' }, { startsAt: at('08', '09:00') }),
        minutes: 61,
      }),
      422,
      'minutes-out-of-range',
      '分钟数应为 1 至 60 的整数。',
    ],
    [
      'on a day that is full',
      async (learner) => {
        await fillDay(learner, '03');
        return { sessionId: await session({}, { startsAt: at('03', '18:00') }), minutes: 90 };
      },
      409,
      'day-cap-reached',
      '2024-06-03 已计 480 分钟，上限 480 分钟。',
    ],
    [
      'to a course that counts no further',
      async (learner) => {
        const course = await seed.course({ activityType: 'LOCAL_COURSE' });
        for (const time of ['08:00', '10:00'])
          await seed.attend(await seed.session(course, { startsAt: at('08', time) }), learner);
        return { sessionId: await seed.session(course, { startsAt: at('09', '08:00') }), minutes: 90 };
      },
      409,
      'course-cap-reached',
      '该课程已计 100 分钟，上限 100 分钟。',
    ],
  ])('refuse a visit %s', async (_, arrange, status, code, detail) => {
    const learner = await seed.learner();
    const given = await arrange(learner);
    const before = await versionOf(learner);
    const answer = await visit(learner, given);
    const words = detail.replace('{learner}', learner.learnerId);
    expect(answer.body).toMatchObject({ status, code, type: `/problems/${code}`, detail: words });
    expect(answer.status).toBe(status);
    expect(await versionOf(learner)).toBe(before);
  });

  it('refuse a visit to a provider before its approval, and let it in from the first day on', async () => {
    const created = await seed.bank.post('/api/v1/providers', seed.registrar, {
      code: 'SQXY-NEW',
      name: '示例新社区学院',
      type: 'COMMUNITY_COLLEGE',
      unitCode: '140106',
      approvedFrom: '2024-06-04',
    });
    const { providerId } = created.body as { providerId: string };
    const courseId = await seed.course({ providerId } as object);
    const learner = await seed.learner();
    const post = async (startsAt: string) =>
      seed.bank.post(`/api/v1/sessions/${await seed.session(courseId, { startsAt })}/attendance`, seed.registrar, {
        cardNumber: learner.cardNumber,
        minutes: 90,
      });
    expect((await post(at('03', '22:00'))).body).toMatchObject({
      code: 'provider-not-approved',
      detail: '机构批准期为 2024-06-04 至 —，2024-06-03 的课次不计学分。',
    });
    expect((await post(at('04', '00:00'))).body).toMatchObject({ status: 'posted' });
  });

  it.each<[string, (learner: SeededLearner) => Promise<Case>, object]>([
    [
      'what one visit has over its limit',
      async () => ({ sessionId: await session({}, { minutes: 150 }), minutes: 150 }),
      {
        submittedSeconds: 9_000,
        acceptedSeconds: 7_200,
        cuts: [{ cap: 'visit', limitSeconds: 7_200, usedSeconds: 0, cutSeconds: 1_800 }],
        // 14 hundredths of 486 s, and 396 s towards the next.
        credit: '0.14',
        waitingSeconds: 396,
      },
    ],
    [
      'what a day has over its limit',
      async (learner) => {
        const course = await seed.course();
        for (const hour of ['06', '08', '10', '12', '14'])
          await seed.attend(await seed.session(course, { startsAt: at('04', `${hour}:00`) }), learner);
        return { sessionId: await seed.session(course, { startsAt: at('04', '16:00') }), minutes: 90 };
      },
      {
        submittedSeconds: 5_400,
        acceptedSeconds: 1_800,
        cuts: [{ cap: 'day', limitSeconds: 28_800, usedSeconds: 27_000, cutSeconds: 3_600 }],
      },
    ],
    [
      'what a course has over its limit',
      async (learner) => {
        const course = await seed.course({ activityType: 'LOCAL_COURSE' });
        await seed.attend(await seed.session(course, { startsAt: at('08', '08:00') }), learner);
        return { sessionId: await seed.session(course, { startsAt: at('09', '08:00') }), minutes: 90 };
      },
      {
        acceptedSeconds: 600,
        cuts: [{ cap: 'course', limitSeconds: 6_000, usedSeconds: 5_400, cutSeconds: 4_800 }],
        policyVersion: 'taiyuan-default@2024.2',
      },
    ],
  ])('cut off %s, and say so', async (_, arrange, expected) => {
    const learner = await seed.learner();
    expect((await visit(learner, await arrange(learner)).expect(201)).body).toMatchObject(expected);
  });

  it('compare no hours of an open house, and count a visit on the Taiyuan day it began', async () => {
    const learner = await seed.learner();
    await seed.attend(await session({}), learner);
    const open = { sessionId: await session({ activityType: 'VISIT' }, { minutes: 600 }), minutes: 60 };
    await visit(learner, open).expect(201);
    // 22:30 on 3 June in Taiyuan is still 3 June; 00:30 is the next day, though it is still 3 June in Greenwich.
    const late = { sessionId: await session({ activityType: 'VISIT' }, { startsAt: at('03', '22:30') }), minutes: 60 };
    expect((await visit(learner, late)).body).toMatchObject({ code: 'visits-per-day-reached', day: '2024-06-03' });
    const next = { sessionId: await session({ activityType: 'VISIT' }, { startsAt: at('04', '00:30') }), minutes: 60 };
    await visit(learner, next).expect(201);
  });
});
