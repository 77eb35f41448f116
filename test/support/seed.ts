import type supertest from 'supertest';
import { Policies } from '../../src/policy/policy.port.js';
import type { Dialect } from '../../src/platform/database/columns.js';
import { TestApp } from './app.js';
import { fixtureRows, loadRows } from './catalogue.js';
import { residentNumber } from './learners.js';

/** A learner with an active card and a key of their own. */
export interface SeededLearner {
  learnerId: string;
  cardNumber: string;
  key: string;
}

interface CourseChanges {
  code?: string;
  level?: string;
  title?: string;
  creditType?: string;
  activityType?: string;
  plannedSessions?: number;
  plannedMinutes?: number;
  capacity?: number | null;
}

interface SessionChanges {
  startsAt?: string;
  /** Length of the session. */
  minutes?: number;
  place?: string;
}

const COUNTY = '140106';
const COMMUNITY = '140106001901';

/**
 * A small bank filled through its own HTTP interface: the fixture units and policy, and whatever a test asks for. Each
 * call makes something new with a code of its own, and throws when the bank refuses.
 */
export class Seed {
  private count = 0;

  private constructor(
    readonly bank: TestApp,
    readonly registrar: string,
    readonly auditor: string,
    readonly administrator: string,
    readonly providerId: string,
    /** Key of the provider. */
    readonly provider: string,
  ) {}

  /** Units, policy and one provider; stop the bank when done. */
  static async start(environment: Record<string, string> = {}, dialect: Dialect = 'sqlite'): Promise<Seed> {
    const bank = await TestApp.start(dialect, environment);
    await loadRows(bank, { units: fixtureRows('units') });
    await bank.app.get(Policies).publishFile(environment['POLICY_FILE'] ?? 'fixtures/policy/taiyuan-default.yaml');
    const registrar = await bank.key('registrar');
    const { providerId } = (await created(
      bank.post('/api/v1/providers', registrar, {
        code: 'SQXY-YZ',
        name: '示例迎泽区社区学院',
        type: 'COMMUNITY_COLLEGE',
        unitCode: COUNTY,
        approvedFrom: '2013-01-01',
      }),
    )) as { providerId: string };
    const provider = await bank.key('provider', { providerId });
    const [auditor, administrator] = [await bank.key('auditor'), await bank.key('administrator')];
    return new Seed(bank, registrar, auditor, administrator, providerId, provider);
  }

  stop(): Promise<void> {
    return this.bank.stop();
  }

  /** An approved course; leisure and a daily class unless told otherwise. Gives its id. */
  async course(changes: CourseChanges = {}): Promise<string> {
    const { courseId } = await this.create('courses', {
      code: this.nextCode('KC'),
      providerId: this.providerId,
      title: '养生有道',
      creditType: 'leisure',
      activityType: 'DAILY_CLASS',
      plannedMinutes: 90,
      plannedSessions: 40,
      approvedFrom: '2013-01-01',
      ...changes,
    });
    return courseId!;
  }

  /** A session of a course, 90 minutes on the morning of 3 June 2024 unless told otherwise. Gives its id. */
  async session(courseId: string, changes: SessionChanges = {}): Promise<string> {
    const { startsAt = '2024-06-03T09:00:00+08:00', minutes = 90, place = '柳巷街道示例社区甲分校教室' } = changes;
    const endsAt = new Date(Date.parse(startsAt) + minutes * 60_000).toISOString();
    const code = this.nextCode('KCI');
    const { sessionId } = await this.create('sessions', {
      code,
      courseId,
      startsAt,
      endsAt,
      place,
      unitCode: COMMUNITY,
    });
    return sessionId!;
  }

  /** A person with an account, an active card and a key. */
  async learner(name = '张示例'): Promise<SeededLearner> {
    const { learnerId } = await this.create('learners', {
      name,
      identityType: 'RESIDENT_ID',
      identityNumber: residentNumber(this.count++),
      unitCode: COMMUNITY,
      consentGiven: true,
    });
    const { cardNumber } = await this.create(`learners/${learnerId}/cards`, { countyCode: COUNTY });
    await this.bank.post(`/api/v1/cards/${cardNumber}/activation`, this.registrar, {}).expect(200);
    return { learnerId: learnerId!, cardNumber: cardNumber!, key: await this.bank.key('learner', { learnerId }) };
  }

  /** A visit. Gives the id of its entry. */
  async attend(sessionId: string, { cardNumber }: SeededLearner, minutes = 90): Promise<string> {
    const { entryId } = await this.create(`sessions/${sessionId}/attendance`, { cardNumber, minutes }, this.provider);
    return entryId!;
  }

  /** As many visits of 90 minutes to one course, on as many days up to 9 June 2024. Gives the ids of their entries. */
  async attendDays(courseId: string, learner: SeededLearner, days: number): Promise<string[]> {
    const entries: string[] = [];
    for (let day = days; day > 0; day -= 1) {
      const startsAt = new Date(Date.parse('2024-06-10T01:00:00Z') - day * 86_400_000).toISOString();
      entries.push(await this.attend(await this.session(courseId, { startsAt }), learner));
    }
    return entries;
  }

  /** The learner passes a course with gates. Gives the id of the entry. */
  async complete(courseId: string, { cardNumber }: SeededLearner, grade: number): Promise<string> {
    const request = this.bank.post(`/api/v1/courses/${courseId}/completions`, this.provider, {
      rows: [{ cardNumber, grade }],
    });
    const { rows } = (await created(request)) as { rows?: { entryId?: string }[] };
    const entryId = rows?.[0]?.entryId;
    if (entryId === undefined) throw new Error(JSON.stringify(rows));
    return entryId;
  }

  /** A conversion. Gives the id of its entry. */
  async convert({ learnerId }: SeededLearner, from: string, to: string, amount: string): Promise<string> {
    const { conversionId } = await this.create('conversions', { learnerId, from, to, amount });
    return conversionId!;
  }

  /** Undoes an entry. Gives the id of the reversal. */
  async reverse(entryId: string, reason = '名单登记错误'): Promise<string> {
    const { entryId: reversal } = await this.create(`entries/${entryId}/reversal`, { reason });
    return reversal!;
  }

  /** A certificate. Gives its serial. */
  async certificate({ learnerId }: SeededLearner, programme: string): Promise<string> {
    return (await this.create('certificates', { learnerId, programme }))['serial']!;
  }

  async revoke(serial: string, reason: string): Promise<void> {
    await this.create(`certificates/${serial}/revocation`, { reason });
  }

  /** A transcript, as of today unless told otherwise. Gives its serial. */
  async transcript({ learnerId }: SeededLearner, asOf?: string): Promise<string> {
    return (await this.create('transcripts', { learnerId, ...(asOf ? { asOf } : {}) }))['serial']!;
  }

  /** Merges the second account into the first. Gives the id of the merge. */
  async merge({ learnerId }: SeededLearner, duplicate: SeededLearner): Promise<string> {
    const body = { duplicateLearnerId: duplicate.learnerId, reason: '同一人重复开户' };
    return (await this.create(`learners/${learnerId}/merge`, body))['mergeId']!;
  }

  private nextCode(prefix: string): string {
    this.count += 1;
    return `${prefix}-${String(this.count).padStart(4, '0')}`;
  }

  private async create(path: string, body: object, key = this.registrar): Promise<Record<string, string>> {
    return (await created(this.bank.post(`/api/v1/${path}`, key, body))) as Record<string, string>;
  }
}

async function created(request: supertest.Test): Promise<unknown> {
  const answer = await request;
  if (answer.status !== 201) throw new Error(`${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
