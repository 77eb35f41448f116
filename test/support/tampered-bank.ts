import { copyFileSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite, { type Database } from 'better-sqlite3';
import { verify } from '../../src/cli/verify.js';
import { TestApp } from './app.js';
import { Cases } from './recognition.js';
import { Seed, type SeededLearner } from './seed.js';

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
  /** A learner whose one outcome was recognised, the case of it, and another that waits for its first review. */
  outcome: { learnerId: string; recognised: string; waiting: string };
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
    const outcome = { learnerId: holder.learnerId, recognised, waiting: await cases.submitted(holder) };
    await seed.stop();
    return new TamperedBank(file, { rich, plain, standing, revoked, transcript, outcome }, folder);
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
