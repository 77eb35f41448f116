import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { Reader } from '../../src/platform/database/data-sources.js';
import type { Sql } from '../../src/platform/database/sql.js';
import { Writer } from '../../src/platform/database/writer.js';
import { Policies } from '../../src/policy/policy.port.js';
import { SCHEMA } from '../../src/schema.js';
import { TableMigration } from '../../src/platform/database/tables.js';
import { DIALECTS } from '../support/databases.js';
import { Cases } from '../support/recognition.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { saying } from '../support/writers.js';

/** Every table whose rows are for ever, with one of its columns. */
const FOR_EVER: [table: string, column: string][] = [
  ['idempotency_record', 'answer'],
  ['audit_event', 'actor'],
  ['policy_version', 'content'],
  ['journal_entry', 'kind'],
  ['posting', 'source'],
  ['course_version', 'title'],
  ['account_change', 'reason'],
  ['conversion', 'trace'],
  ['conversion_settlement', 'outcome'],
  ['conversion_lot', 'facts'],
  ['conversion_refusal', 'code'],
  ['document', 'snapshot'],
  ['document_revocation', 'reason'],
  ['policy_step', 'kind'],
  ['policy_day', 'policy_version'],
  ['recognition_step', 'step'],
  ['recognition_evidence', 'file_name'],
  ['evidence_content', 'content'],
  ['refused_conversion', 'trace'],
];

const FILE = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as {
  conversionRules: object[];
  creditTypes: object[];
};
/** The shipped rules and one that holds. */
const WITH_HOLD = {
  ...FILE,
  version: '2024.9',
  effectiveFrom: '2024-01-01',
  creditTypes: [
    ...FILE.creditTypes,
    { code: 'extra', name: { zh: '附加', en: 'Extra' }, category: 'leisure', tariff: 'leisure-time' },
  ],
  conversionRules: [
    ...FILE.conversionRules,
    {
      ...{ code: 'held', name: { zh: '待批', en: 'Held' }, from: 'leisure', to: 'extra', ratio: { from: 1, to: 1 } },
      ...{ approval: 'required', effectiveFrom: '2013-01-01' },
    },
  ],
};

describe('the tables whose rows are for ever', () => {
  it('are those that the migrations made so', () => {
    const tables = SCHEMA.migrations.flatMap((Migration) => {
      const migration = new Migration();
      return migration instanceof TableMigration ? migration.tables : [];
    });
    expect(tables.filter(({ appendOnly }) => appendOnly).map(({ table }) => table)).toEqual(
      FOR_EVER.map(([table]) => table),
    );
  });
});

describe.each(DIALECTS)('what is written for ever on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let sql: Sql;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    ({ sql } = seed.bank.app.get(Reader));
    const learner = await seed.learner();
    await seed.attendDays(await seed.course(), learner, 6);
    await seed.convert(learner, 'leisure', 'vocational', '0.10');
    await settleHold(learner);
    await seed.revoke(await seed.certificate(learner, 'community-learner'), '材料不实');
    await seed.bank
      .post(`/api/v1/learners/${learner.learnerId}/freeze`, seed.registrar, { reason: '本人申请' })
      .expect(200);
    const cases = await Cases.on(seed);
    const { recognitionId } = (await cases.enter(learner.key).expect(201)).body as { recognitionId: string };
    await cases.upload(recognitionId, learner.key).expect(201);
  });
  afterAll(() => stop());

  /** A hold under a rule of its own that is refused, and a conversion that no rule allows. */
  const settleHold = async ({ learnerId }: SeededLearner) => {
    await seed.bank.app.get(Policies).publish(WITH_HOLD);
    const ask = { learnerId, from: 'leisure', to: 'extra', amount: '0.10' };
    const held = await seed.bank.post('/api/v1/conversions', seed.registrar, ask).expect(201);
    const { conversionId } = held.body as { conversionId: string };
    await seed.bank
      .post(`/api/v1/conversions/${conversionId}/refusal`, seed.registrar, { reason: '材料不实' })
      .expect(200);
    await seed.bank.post('/api/v1/conversions', seed.registrar, { ...ask, amount: '900.00' }).expect(409);
  };
  const change = (text: string) => seed.bank.app.get(Writer).write((transaction) => transaction.sql.run(text));

  it.each(FOR_EVER)('in %s cannot be changed, replaced or taken away', async (table, column) => {
    const all = () => sql.rows(`select * from ${table}`);
    const before = await all();
    expect(before.length).toBeGreaterThan(0);
    const attempts = [
      `update ${table} set ${column} = ${column}`,
      `update ${table} set ${column} = 'x'`,
      `delete from ${table}`,
      // A row written again over itself: an upsert of the one database, a replacement of the other.
      dialect === 'sqlite'
        ? `insert or replace into ${table} select * from ${table}`
        : `insert into ${table} select * from ${table} on conflict on constraint pk_${table} do update set ${column} = 'x'`,
      ...(dialect === 'sqlite' ? [] : [`truncate ${table} cascade`]),
    ];
    for (const attempt of attempts) {
      await expect(change(attempt)).rejects.toMatchObject(saying(new RegExp(`${table} is append-only`)));
    }
    expect(await all()).toEqual(before);
  });
});
