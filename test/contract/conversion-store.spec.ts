import { randomUUID } from 'node:crypto';
import { INSERT_CONVERSION, personHistory, readConversions } from '../../src/conversion/conversion.store.js';
import type { ConversionRow } from '../../src/conversion/conversion.entity.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { isKeyClash, Writer } from '../../src/platform/database/writer.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';

const PROGRAMME = 'community-care';

describe.each(DIALECTS)('conversions on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let reader: Reader;
  let course: string;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    reader = seed.bank.app.get(Reader);
    course = await seed.course();
  });
  afterAll(() => stop());

  const used = async ({ learnerId }: { learnerId: string }, type = 'vocational') => {
    const history = await personHistory(reader.sql, learnerId, await readConversions(reader.sql, learnerId));
    return history
      .filter(({ capProgramme, creditType }) => capProgramme === PROGRAMME && creditType === type)
      .reduce((sum, { centi }) => sum + centi, 0);
  };
  const insert = (rows: (string | number | null)[][]) =>
    seed.bank.app.get(Writer).write(({ sql }) => sql.insert(INSERT_CONVERSION, rows));
  const rowsOf = ({ learnerId }: { learnerId: string }) =>
    reader.orm.find<ConversionRow>('conversion', { where: { learnerId }, order: { version: 'ASC' } });
  /** A row as if it had been decided. */
  const row = (
    learnerId: string,
    version: number,
    toCenti: number,
    programme: string | null,
    toType = 'vocational',
  ) => [
    ...[learnerId, version, 'leisure-to-vocational', 'taiyuan-default@2024.1', programme, 0, 0, null, '2024-06-10'],
    ...[toCenti * 2, toCenti, JSON.stringify([{ creditType: toType, centi: toCenti, outcomes: [version] }]), '{}'],
  ];
  const ready = async (): Promise<SeededLearner> => {
    const learner = await seed.learner();
    await seed.attendDays(course, learner, 3);
    return learner;
  };

  it('are kept with the decision that made them, by the version of their entry', async () => {
    const learner = await ready();
    expect(await seed.convert(learner, 'leisure', 'vocational', '0.20')).toBe(`${learner.learnerId}.4`);
    const [kept, ...others] = await rowsOf(learner);
    expect(others).toEqual([]);
    const { trace, parts, ...facts } = kept!;
    expect(facts).toEqual({
      learnerId: learner.learnerId,
      version: 4,
      rule: 'leisure-to-vocational',
      policyVersion: 'taiyuan-default@2024.1',
      capProgramme: PROGRAMME,
      isEver: 0,
      isHeld: 0,
      heldUntil: null,
      decidedOn: '2024-06-10',
      fromCenti: 20,
      toCenti: 10,
    });
    expect(JSON.parse(trace)).toMatchObject({
      decision: {
        isAllowed: true,
        draws: [
          { lot: 1, amountCenti: 11 },
          { lot: 2, amountCenti: 9 },
        ],
      },
      inputs: { today: '2024-06-10' },
    });
    expect(JSON.parse(parts)).toMatchObject([
      { lot: 1, creditType: 'vocational', fromCenti: 11 },
      { lot: 2, creditType: 'vocational', fromCenti: 9 },
    ]);
  });

  it('use the cap while they live: undone they do not, brought back they do', async () => {
    const learner = await ready();
    expect(await used(learner)).toBe(0);
    const first = await seed.convert(learner, 'leisure', 'vocational', '0.20');
    await seed.convert(learner, 'leisure', 'vocational', '0.06');
    expect(await used(learner)).toBe(13);
    const undone = await seed.reverse(first);
    expect(await used(learner)).toBe(3);
    const broughtBack = await seed.reverse(undone);
    expect(await used(learner)).toBe(13);
    await seed.reverse(broughtBack);
    expect(await used(learner)).toBe(3);
    expect((await rowsOf(learner)).map(({ version, toCenti }) => [version, toCenti])).toEqual([
      [4, 10],
      [5, 3],
    ]);
  });

  it('count only under their own cap and type, each learner alone', async () => {
    const [one, other] = [{ learnerId: randomUUID() }, { learnerId: randomUUID() }];
    await insert([
      row(one.learnerId, 1, 5, 'community-care'),
      row(one.learnerId, 2, 7, null),
      row(one.learnerId, 3, 11, 'Community-Care'),
      row(one.learnerId, 4, 13, 'community-care', 'degree'),
      row(one.learnerId, 5, 17, 'community-care'),
      row(other.learnerId, 1, 19, 'community-care'),
    ]);
    expect(await Promise.all([used(one), used(other), used({ learnerId: randomUUID() })])).toEqual([22, 19, 0]);
    expect(await used(one, 'degree')).toBe(13);
    expect(await used(one, 'leisure')).toBe(0);
    expect((await rowsOf(one))[1]).toMatchObject({ version: 2, capProgramme: null });
  });

  it('are written once for an entry', async () => {
    const learnerId = randomUUID();
    await insert([row(learnerId, 1, 5, null)]);
    const clash: unknown = await insert([row(learnerId, 2, 5, null), row(learnerId, 1, 6, null)]).catch(
      (error: unknown) => error,
    );
    expect(isKeyClash(clash)).toBe(true);
    expect((await rowsOf({ learnerId })).map(({ version, toCenti }) => [version, toCenti])).toEqual([[1, 5]]);
  });

  it('of one learner are five thousand in one go, and all of them counted', async () => {
    const learnerId = randomUUID();
    await insert(Array.from({ length: 5_000 }, (_, index) => row(learnerId, index + 1, 3, 'community-care')));
    expect(await used({ learnerId })).toBe(15_000);
  });
});
