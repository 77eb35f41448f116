import { mod11_2 } from '../../src/kernel/check-digits.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { ROLES, type Role } from '../../src/platform/auth/caller.js';
import { Writer } from '../../src/platform/database/writer.js';
import { TestApp } from './app.js';

const UNITS: [string, string, number, string | null][] = [
  ['140100', '太原市', 1, null],
  ['140105', '小店区', 2, '140100'],
  ['140106', '迎泽区', 2, '140100'],
  ['140106001', '柳巷街道', 3, '140106'],
  ['140106001901', '示例社区甲', 4, '140106001'],
];

/** Puts a few units of Taiyuan on record: two counties, a street and a community. */
export async function seedUnits({ app }: TestApp): Promise<void> {
  const columns = ['code', 'name', 'level', 'parent_code', 'is_synthetic'];
  await app.get(Writer).write(({ sql }) =>
    sql.insert(
      { table: 'administrative_unit', columns },
      UNITS.map((unit) => [...unit, 0]),
    ),
  );
}

/** The `index`-th (0…9,989) of a row of valid resident numbers born in January 1900, so nobody's. */
export function residentNumber(index: number): string {
  const day = String(1 + Math.floor(index / 999)).padStart(2, '0');
  const digits = `140106190001${day}${String(1 + (index % 999)).padStart(3, '0')}`;
  return digits + mod11_2(digits);
}

/** What a test reads of an answer: any field, of no certain type. */
export type Body = Record<string, unknown>;

/** A bank with units, a key of every role, and short words for what happens at a counter. */
export class Counter {
  private opened = 0;

  private constructor(
    readonly bank: TestApp,
    readonly keys: Record<Role, string>,
  ) {}

  static async open(): Promise<Counter> {
    const bank = await TestApp.start();
    await seedUnits(bank);
    const keys = await Promise.all(ROLES.map(async (role) => [role, await bank.key(role)] as const));
    return new Counter(bank, Object.fromEntries(keys) as Record<Role, string>);
  }

  /** A right form for a new person, with changes. */
  form(changes: Body = {}) {
    return {
      name: '张示例',
      identityType: 'RESIDENT_ID',
      identityNumber: residentNumber(this.opened++),
      unitCode: '140106001901',
      consentGiven: true,
      ...changes,
    };
  }

  /** Hands in a form as a registrar, or with another key. */
  apply(form: object, key: string | undefined = this.keys.registrar) {
    return this.bank.post('/api/v1/learners', key, form);
  }

  async openLearner(): Promise<string> {
    const answer = await this.apply(this.form()).expect(201);
    return (answer.body as { learnerId: string }).learnerId;
  }

  async openWithCard(): Promise<{ learnerId: string; cardNumber: string }> {
    const learnerId = await this.openLearner();
    const answer = await this.issueCard(learnerId, '140106').expect(201);
    return { learnerId, cardNumber: (answer.body as { cardNumber: string }).cardNumber };
  }

  issueCard(learnerId: string, countyCode: string, key = this.keys.registrar) {
    return this.bank.post(`/api/v1/learners/${learnerId}/cards`, key, { countyCode });
  }

  changeCard(cardNumber: string, verb: string, key = this.keys.registrar) {
    return this.bank.post(`/api/v1/cards/${cardNumber}/${verb}`, key, {});
  }

  changeAccount(learnerId: string, verb: string, reason = '本人申请', key = this.keys.registrar) {
    return this.bank.post(`/api/v1/learners/${learnerId}/${verb}`, key, { reason });
  }

  /** Actions in the audit about a learner, by name. */
  async actionsOn(learnerId: string): Promise<string[]> {
    const deeds = await this.bank.app
      .get(Reader)
      .sql.rows<{ action: string }>('select action from audit_event where learner_id = ?', [learnerId]);
    return deeds.map(({ action }) => action).sort();
  }
}

/** A problem without the part that differs at every occurrence. */
export function withoutInstance(body: unknown): Body {
  const { instance: _, ...rest } = body as Body;
  return rest;
}
