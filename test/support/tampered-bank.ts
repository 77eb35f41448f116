import { copyFileSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { verify } from '../../src/cli/verify.js';
import { ReleaseHolds } from '../../src/conversion/conversion.port.js';
import { ExpireCredit } from '../../src/expiry/expiry.port.js';
import { Policies } from '../../src/policy/policy.port.js';
import { SettlePoints } from '../../src/rewards/rewards.port.js';
import { TestApp } from './app.js';
import { approvalRules } from './approval-rules.js';
import { Cases } from './recognition.js';
import { Seed, type SeededLearner } from './seed.js';
import { CALLER } from './test-book.js';

/** What is in the bank that gets tampered with, so that a manipulation can aim. */
export interface Sound {
  /** Visits 1–9, a conversion 10, an award 11 and its revocation 12, an award 13, a reversal 14 of visit 9. */
  rich: SeededLearner;
  /** Two visits of a list; has no keys of its own. */
  plain: SeededLearner;
  /** A certificate that stands and one that was revoked. */
  standing: string;
  revoked: string;
  transcript: string;
  /**
   * A learner whose one outcome was recognised, the case of it, and another that waits for its first review; and the case
   * of somebody else in which an appeal has changed what was recognised.
   */
  outcome: { learnerId: string; recognised: string; waiting: string; appealed: string };
  /**
   * Five visits 1–5 of May, credit good for a year. A conversion 6 was held and approved 7, another one 8 refused 9, a third 10
   * lapsed and was released 11. Points 12–16, visit 5 undone 17 and its point taken back 18; a conversion 19 that waits;
   * an expiry 20 of what was left of the first three lots. A request to convert was refused before all of them.
   */
  patient: SeededLearner;
}

/** A sound bank in one file, and as many copies as there are ways to spoil it. */
export class TamperedBank {
  private copies = 0;

  private constructor(
    readonly file: string,
    readonly sound: Sound,
    private readonly folder: string,
  ) {}

  static async make(): Promise<TamperedBank> {
    const folder = mkdtempSync(join(tmpdir(), 'tampered-'));
    const file = join(folder, 'sound.sqlite');
    const seed = await Seed.start({ DATABASE_FILE: file });
    const course = await seed.course({ capacity: 40 });
    const [rich, plain] = [await seed.learner('张三丰'), await seed.learner('李示例')];
    const visits = await seed.attendDays(course, rich, 9);
    await seed.convert(rich, 'leisure', 'vocational', '0.14');
    const revoked = await seed.certificate(rich, 'community-learner');
    await seed.revoke(revoked, '材料不实');
    const standing = await seed.certificate(rich, 'community-learner');
    await seed.reverse(visits[8]!);
    for (const day of ['2024-06-03', '2024-06-04']) {
      const sessionId = await seed.session(course, { startsAt: `${day}T14:00:00+08:00` });
      const rows = [{ cardNumber: plain.cardNumber, minutes: 90 }];
      await seed.bank.post(`/api/v1/sessions/${sessionId}/attendance`, seed.provider, { rows }).expect(201);
    }
    const transcript = await seed.transcript(rich);
    const holder = await seed.learner('赵示例');
    const cases = await Cases.on(seed);
    const { recognitionId: recognised } = await cases.recognised(holder);
    const contestant = await seed.learner();
    const { recognitionId: appealed } = await cases.recognised(contestant);
    await cases.step(appealed, 'appeal', contestant.key, { comment: '请重新认定' }).expect(200);
    const more = { outcome: 'upheld', standardCredit: '3.00' };
    await cases.step(appealed, 'appeal-decision', cases.reviewers[2], more).expect(200);
    const outcome = { learnerId: holder.learnerId, recognised, waiting: await cases.submitted(holder), appealed };
    const patient = await patientLearner(seed, course);
    await seed.stop();
    return new TamperedBank(file, { rich, plain, standing, revoked, transcript, outcome, patient }, folder);
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true, force: true });
  }

  /** A copy changed by somebody who has the file in hand: first the triggers go. */
  spoil(change: (database: Database, sound: Sound) => void): string {
    this.copies += 1;
    const file = join(this.folder, `copy-${this.copies}.sqlite`);
    copyFileSync(this.file, file);
    const database = new Sqlite(file);
    database.pragma('foreign_keys = OFF');
    database.pragma('ignore_check_constraints = ON');
    for (const { name } of database.prepare("select name from sqlite_master where type = 'trigger'").all() as {
      name: string;
    }[])
      database.exec(`drop trigger ${name}`);
    change(database, this.sound);
    database.close();
    return file;
  }

  /** What `verify` says of a file. */
  async verdict(file: string): Promise<{ isSound: boolean; said: string[] }> {
    const bank = await TestApp.start('sqlite', { DATABASE_FILE: file });
    try {
      const said: string[] = [];
      return { isSound: await verify(bank.app, (line) => said.push(line)), said };
    } finally {
      await bank.stop();
    }
  }
}

/** Somebody with holds, points and an expiry, under rules that come after everybody else's entries. */
async function patientLearner(seed: Seed, course: string): Promise<SeededLearner> {
  const { app, clock } = seed.bank;
  const { creditTypes } = approvalRules(30) as { creditTypes: object[] };
  const shortLived = creditTypes.map((type) => ({ ...type, validityYears: 1 }));
  await app.get(Policies).publish(approvalRules(30, { effectiveFrom: '2024-05-15', creditTypes: shortLived }));
  const learner = await seed.learner('钱示例');
  const visits: string[] = [];
  for (const day of ['20', '21', '22', '23', '24'])
    visits.push(await seed.attend(await seed.session(course, { startsAt: `2024-05-${day}T09:00:00+08:00` }), learner));
  const second = await seed.bank.key('registrar');
  const hold = (amount: string) => seed.convert(learner, 'leisure', 'vocational', amount);
  const settle = (id: string, verb: string) =>
    seed.bank.post(`/api/v1/conversions/${id}/${verb}`, second, { reason: '材料齐全' }).expect(200);
  const asked = { learnerId: learner.learnerId, from: 'leisure', to: 'vocational', amount: '900.00' };
  await seed.bank.post('/api/v1/conversions', seed.registrar, asked).expect(409);
  await settle(await hold('0.10'), 'approval');
  await settle(await hold('0.12'), 'refusal');
  await hold('0.12');
  clock.set('2024-07-15T01:00:00Z');
  await app.get(ReleaseHolds).run(CALLER);
  await app.get(SettlePoints).run(CALLER, '2024-05-31');
  await seed.reverse(visits[4]!);
  await app.get(SettlePoints).run(CALLER, '2024-05-31');
  clock.set('2025-05-20T01:00:00Z');
  await hold('0.04');
  clock.set('2025-05-23T01:00:00Z');
  await app.get(ExpireCredit).run(CALLER);
  return learner;
}
