import { Documents } from '../../src/certificates/certificates.port.js';
import { canonicalJson, sha256Hex } from '../../src/kernel/canonical-json.js';
import { verify } from '../../src/cli/verify.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { DIALECTS } from '../support/databases.js';
import type { Seed, SeededLearner } from '../support/seed.js';
import { seedOn } from '../support/seed-on.js';
import { refusalOf } from '../support/writers.js';

describe.each(DIALECTS)('documents on %s', (dialect) => {
  let seed: Seed;
  let stop: () => Promise<void>;
  let documents: Documents;
  let course: string;
  beforeAll(async () => {
    ({ seed, stop } = await seedOn(dialect));
    documents = seed.bank.app.get(Documents, { strict: false });
    course = await seed.course();
  });
  afterAll(() => stop());

  /** A learner with 0.55 of leisure credit, enough for one certificate. */
  const ready = async (name?: string): Promise<SeededLearner> => {
    const learner = await seed.learner(name);
    await seed.attendDays(course, learner, 5);
    return learner;
  };
  const rowsOf = <T>(table: string, { learnerId }: SeededLearner) =>
    seed.bank.app.get(Reader).sql.rows<T>(`select * from ${table} where learner_id = ?`, [learnerId]);

  it('are found as they were frozen, letter by letter, however the serial is typed', async () => {
    const learner = await ready('欧阳 𠮷·示例');
    const serial = await seed.certificate(learner, 'community-learner');
    const [row] = await rowsOf<{ snapshot: string; snapshot_hash: string }>('document', learner);
    const found = await documents.find(` ${serial.slice(0, 5).toLowerCase()}-${serial.slice(5)}`);
    expect(found).toMatchObject({
      learnerId: learner.learnerId,
      serial,
      version: 6,
      issuedAt: seed.bank.clock.nowMs(),
      revocation: null,
      snapshot: { kind: 'certificate', serial, holder: { name: '欧阳 𠮷·示例' }, total: '0.50' },
    });
    expect(canonicalJson(found.snapshot)).toBe(row!.snapshot);
    expect([found.snapshotHash, row!.snapshot_hash]).toEqual([sha256Hex(row!.snapshot), sha256Hex(row!.snapshot)]);
  });

  it('are of their own kind only', async () => {
    const learner = await ready();
    const certificate = await seed.certificate(learner, 'community-learner');
    const transcript = await seed.transcript(learner);
    expect(await documents.findKind('certificate', certificate)).toMatchObject({ serial: certificate });
    expect(await documents.findKind('transcript', transcript)).toMatchObject({ serial: transcript, version: 6 });
    for (const ask of [
      () => documents.findKind('transcript', certificate),
      () => documents.findKind('certificate', transcript),
      () => documents.find(certificate.slice(0, -1)),
      () => documents.find(`${certificate.slice(0, 13)}?`),
      () => documents.find("' or serial <> '"),
    ])
      expect(await refusalOf(ask())).toMatchObject({ code: 'not-found' });
  });

  it('of one learner are listed newest first, of one instant by serial, with what has become of them', async () => {
    const learner = await ready();
    const certificate = await seed.certificate(learner, 'community-learner');
    seed.bank.clock.advanceMs(1);
    const together = [await seed.transcript(learner), await seed.transcript(learner), await seed.transcript(learner)];
    seed.bank.clock.advanceMs(1);
    const last = await seed.transcript(learner);
    await seed.revoke(certificate, '材料不实');
    const listed = await documents.ofLearner(learner.learnerId);
    expect(listed.map(({ serial }) => serial)).toEqual([last, ...together.sort(), certificate]);
    expect(listed.map(({ isRevoked }) => isRevoked)).toEqual([false, false, false, false, true]);
    expect(listed.at(-1)).toEqual({
      serial: certificate,
      kind: 'certificate',
      issuedAt: seed.bank.clock.nowMs() - 2,
      isRevoked: true,
    });
    expect(await documents.ofLearner((await seed.learner()).learnerId)).toEqual([]);
  });

  it('are issued to many at once under as many serials', async () => {
    const learners = await Promise.all(Array.from({ length: 12 }, () => seed.learner()));
    for (let day = 3; day < 8; day += 1) {
      const session = await seed.session(course, { startsAt: `2024-06-0${day}T09:00:00+08:00` });
      const rows = learners.map(({ cardNumber }) => ({ cardNumber, minutes: 90 }));
      await seed.bank.post(`/api/v1/sessions/${session}/attendance`, seed.provider, { rows }).expect(201);
    }
    const certificates = await Promise.all(learners.map((learner) => seed.certificate(learner, 'community-learner')));
    const found = await Promise.all(certificates.map((serial) => documents.find(serial)));
    expect(found.map(({ learnerId }) => learnerId)).toEqual(learners.map(({ learnerId }) => learnerId));
    const transcripts = await Promise.all(Array.from({ length: 50 }, () => seed.transcript(learners[0]!)));
    expect(new Set([...certificates, ...transcripts]).size).toBe(62);
    expect(await documents.ofLearner(learners[0]!.learnerId)).toHaveLength(51);
  });

  it('are issued once for the same credit when twenty ask at once, and end once when twenty end them', async () => {
    const learner = await ready();
    const { learnerId } = learner;
    const ask = (path: string, body: object) => seed.bank.post(`/api/v1/certificates${path}`, seed.registrar, body);
    const issued = await Promise.all(
      Array.from({ length: 20 }, () => ask('', { learnerId, programme: 'community-learner' })),
    );
    expect(codesOf(issued)).toEqual({ 201: 1, 'requirements-not-met': 19 });
    const { serial } = (await documents.ofLearner(learnerId))[0]!;
    const ended = await Promise.all(
      Array.from({ length: 20 }, (_, index) => ask(`/${serial}/revocation`, { reason: `原因 ${index}` })),
    );
    expect(codesOf(ended)).toEqual({ 201: 1, 'certificate-already-revoked': 19 });
    const winner = ended.findIndex(({ status }) => status === 201);
    expect(await documents.find(serial)).toMatchObject({
      version: 6,
      revocation: { revokedAt: seed.bank.clock.nowMs(), reason: `原因 ${winner}` },
    });
    expect(await rowsOf('document_revocation', learner)).toMatchObject([{ serial, version: 7 }]);
  });

  it('as of a day have what was recorded by its end and nothing after it', async () => {
    seed.bank.clock.set('2024-06-10T15:59:59.999Z');
    const learner = await seed.learner();
    const [first, second] = [
      await seed.session(course),
      await seed.session(course, { startsAt: '2024-06-04T09:00:00+08:00' }),
    ];
    await seed.attend(first, learner);
    seed.bank.clock.set('2024-06-10T16:00:00Z');
    await seed.attend(second, learner);
    const serials = [
      await seed.transcript(learner, '2024-06-09'),
      await seed.transcript(learner, '2024-06-10'),
      await seed.transcript(learner),
    ];
    const found = await Promise.all(serials.map((serial) => documents.findKind('transcript', serial)));
    expect(found.map(({ version, snapshot }) => [version, snapshot.asOf, snapshot.lines.length])).toEqual([
      [0, '2024-06-09', 0],
      [1, '2024-06-10', 1],
      [2, '2024-06-11', 2],
    ]);
  });

  it('are all as they were issued, says the verification', async () => {
    const said: string[] = [];
    expect({ isSound: await verify(seed.bank.app, (line) => said.push(line)), said }).toMatchObject({ isSound: true });
  });
});

/** How many answers had each status, or each code where it was a refusal. */
function codesOf(answers: { status: number; body: unknown }[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { status, body } of answers) {
    const code = status === 201 ? '201' : (body as { code: string }).code;
    counts[code] = (counts[code] ?? 0) + 1;
  }
  return counts;
}
