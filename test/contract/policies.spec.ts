import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { canonicalJson, sha256Hex } from '../../src/kernel/canonical-json.js';
import type { Database } from '../../src/platform/database/data-sources.js';
import { Policies } from '../../src/policy/policy.port.js';
import { TestClock } from '../support/clock.js';
import { DIALECTS, newDatabase } from '../support/databases.js';
import { atOnce } from '../support/writers.js';

const RULES = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { title: object };

function pack(version: string, changes: object = {}): object {
  return { ...RULES, version, ...changes };
}

/** The policies as one process of the bank has them. */
function policiesOf({ reader, writer }: Database, clock: TestClock): Policies {
  return new Policies(reader, writer, clock);
}

describe.each(DIALECTS)('published policies on %s', (dialect) => {
  const clock = new TestClock();
  let database: Database;
  let remove: () => Promise<void>;
  beforeAll(async () => {
    ({ database, remove } = await newDatabase(dialect));
  });
  afterAll(() => remove());

  const process = () => policiesOf(database, clock);
  const rows = (version: string) =>
    database.reader.sql.rows('select * from policy_version where policy_version = ?', [`taiyuan-default@${version}`]);

  it('are kept as they were published, with their hash and time', async () => {
    const rules = pack('2024.1', { title: { zh: '规则 “α” 𠮷', en: "Rules with ' and ? and \\ and $1" } });
    await process().publish(rules);
    const content = canonicalJson(rules);
    expect(await rows('2024.1')).toEqual([
      {
        policy_version: 'taiyuan-default@2024.1',
        effective_from: '2013-01-01',
        content,
        content_hash: sha256Hex(content),
        recorded_at: Date.parse('2024-06-10T01:00:00Z'),
      },
    ]);
  });

  it('are published once when twenty processes publish the same at once', async () => {
    const published = await Promise.all(atOnce(20, () => process().publish(pack('2024.2'))));
    expect(new Set(published.map(({ version }) => version))).toEqual(new Set(['2024.2']));
    expect(await rows('2024.2')).toHaveLength(1);
  });

  it('are of one content when twenty processes publish different ones under one version', async () => {
    const contents = atOnce(20, (index) =>
      process().publish(pack('2024.3', { title: { zh: `规则${index}`, en: 'Rules' } })),
    );
    const results = await Promise.allSettled(contents);
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []));
    expect(refused).toMatchObject(Array.from({ length: 19 }, () => ({ code: 'policy-already-published' })));
    expect(await rows('2024.3')).toHaveLength(1);
  });

  it('are told apart by the case of their version', async () => {
    const policies = process();
    await policies.publish(pack('2024.a'));
    await policies.publish(pack('2024.A', { effectiveFrom: '2024-01-01' }));
    expect(policies.byVersion('taiyuan-default@2024.a')).toMatchObject({ effectiveFrom: '2013-01-01' });
    expect(policies.byVersion('taiyuan-default@2024.A')).toMatchObject({ effectiveFrom: '2024-01-01' });
    expect(policies.byVersion('TAIYUAN-DEFAULT@2024.a')).toBeNull();
  });

  it('of another process are seen five seconds later', async () => {
    const [here, elsewhere] = [process(), process()];
    await here.onModuleInit();
    await elsewhere.publish(pack('2024.4'));
    expect(elsewhere.byVersion('taiyuan-default@2024.4')).not.toBeNull();
    clock.advanceMs(4_999);
    expect(here.byVersion('taiyuan-default@2024.4')).toBeNull();
    clock.advanceMs(1);
    // The look is taken in the background of the first question.
    while (here.byVersion('taiyuan-default@2024.4') === null) await new Promise(setImmediate);
    expect(here.byVersion('taiyuan-default@2024.4')).toMatchObject({ effectiveFrom: '2013-01-01' });
  });
});

describe.each(DIALECTS)('the policy in force on %s', (dialect) => {
  let database: Database;
  let remove: () => Promise<void>;
  let clock: TestClock;
  beforeEach(async () => {
    ({ database, remove } = await newDatabase(dialect));
    clock = new TestClock();
  });
  afterEach(() => remove());

  it('decides from its day on, and of one day the one that was published last', async () => {
    const policies = policiesOf(database, clock);
    await policies.publish(pack('2024.9', { effectiveFrom: '2024-06-01' }));
    clock.advanceMs(1);
    await policies.publish(pack('2024.2', { effectiveFrom: '2024-06-01' }));
    clock.advanceMs(1);
    await policies.publish(pack('2023.1', { effectiveFrom: '2023-01-01' }));
    const inForce = (day: string) => policies.inForceOrNone(day)?.version;
    expect(['2022-12-31', '2023-01-01', '2024-05-31', '2024-06-01', '2030-01-01'].map(inForce)).toEqual([
      undefined,
      '2023.1',
      '2023.1',
      '2024.2',
      '2024.2',
    ]);
  });

  it('of one day and one instant is the one of the later name, in whatever order they came', async () => {
    const policies = policiesOf(database, clock);
    for (const version of ['2024.c', '2024.a', '2024.D', '2024.b']) await policies.publish(pack(version));
    expect(policies.inForceOn('2024-06-10').version).toBe('2024.c');
  });
});
