import { copyFileSync, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createApp } from '../../src/create-app.js';
import { Clock } from '../../src/kernel/clock.js';
import { MAX_BULK_ACCOUNTS, OpenAccounts, type BulkAccountRow } from '../../src/learners/learners.port.js';
import { ApiKeys } from '../../src/platform/auth/api-keys.service.js';
import { readConfig } from '../../src/platform/config/config.js';
import { Reader } from '../../src/platform/database/data-sources.js';
import { Writer } from '../../src/platform/database/writer.js';
import { CatalogueLoader, type CatalogueRows } from '../../src/providers/providers.port.js';
import { prepareBank } from '../../src/start-bank.js';
import { residentNumber } from '../../fixtures/generation/identity-numbers.js';
import { COUNTIES } from '../../fixtures/generation/taiyuan-units.js';
import { bankEnvironment } from './server-process.js';
import { SESSIONS_PER_SLOT, SLOTS, SLOTS_PER_DAY } from './visit-plan.js';

const SLOT_STARTS = ['08:30', '10:30', '14:30'];
const SLOT_ENDS = ['10:00', '12:00', '16:00'];
const FIRST_DAY_MS = Date.UTC(2024, 0, 1);

export interface SeededLearner {
  learnerId: string;
  cardNumber: string;
}

export interface SeededSession {
  sessionId: string;
  code: string;
  courseId: string;
  providerId: string;
  startsAt: number;
  endsAt: number;
}

/** A bank with learners, cards, providers and sessions, and not one entry in its book. */
export interface SeededBank {
  file: string;
  learners: SeededLearner[];
  /** In the order of the plan. */
  sessions: SeededSession[];
  /** Key texts by provider. */
  providerKeys: Map<string, string>;
  registrarKey: string;
}

/** Makes a bank through the bank's own services. `progress` hears how many accounts are open. */
export async function seedBank(
  file: string,
  learnerCount: number,
  progress: (done: number) => void = () => undefined,
): Promise<SeededBank> {
  removeBank(file);
  const config = readConfig(bankEnvironment(file));
  const app = await createApp(config);
  await app.init();
  try {
    await prepareBank(app, config);
    const nowMs = app.get(Clock).nowMs();
    await app
      .get(Writer)
      .write((transaction) => app.get(CatalogueLoader).loadCatalogue(transaction, catalogue(), nowMs));
    const registrar = await app.get(ApiKeys).issue({ role: 'registrar', label: 'bench' });
    for (let start = 0; start < learnerCount; start += MAX_BULK_ACCOUNTS) {
      const rows = accountRows(start, Math.min(learnerCount, start + MAX_BULK_ACCOUNTS));
      await app.get(OpenAccounts).openInBulk(rows, { keyId: registrar.keyId, role: 'registrar' });
      progress(start + rows.length);
    }
    const { sql } = app.get(Reader);
    const learners = await sql.rows<SeededLearner>(
      'select learner_id as "learnerId", card_number as "cardNumber" from learning_card order by learner_id',
    );
    const sessions = await sql.rows<SeededSession>(
      'select session_id as "sessionId", code, course_id as "courseId", provider_id as "providerId", starts_at as "startsAt", ends_at as "endsAt" from course_session order by code',
    );
    const providerKeys = new Map<string, string>();
    for (const providerId of new Set(sessions.map((session) => session.providerId))) {
      providerKeys.set(
        providerId,
        (await app.get(ApiKeys).issue({ role: 'provider', label: 'bench', providerId })).key,
      );
    }
    return { file, learners, sessions, providerKeys, registrarKey: registrar.key };
  } finally {
    await app.close();
  }
}

/** The same bank once more, in another file. The bank must not be open. */
export function copyBank(bank: SeededBank, file: string): SeededBank {
  removeBank(file);
  copyFileSync(bank.file, file);
  return { ...bank, file };
}

export function removeBank(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
}

/** Removes every bank that a run left in its folder; the reports stay. */
export function removeBanks(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) if (name.endsWith('.sqlite')) removeBank(join(folder, name));
}

/** Size of a closed bank, with its log folded in, and how many attendances and postings it holds. */
export function weighBank(file: string): { bytes: number; attendances: number; postings: number } {
  if (!existsSync(file)) throw new Error(`${file} is missing`);
  const database = new Database(file);
  try {
    database.pragma('wal_checkpoint(TRUNCATE)');
    const count = (table: string) => database.prepare(`select count(*) from ${table}`).pluck().get() as number;
    return { bytes: statSync(file).size, attendances: count('attendance'), postings: count('posting') };
  } finally {
    database.close();
  }
}

function accountRows(from: number, to: number): BulkAccountRow[] {
  return Array.from({ length: to - from }, (_, index) => {
    const number = from + index;
    const { code } = COUNTIES[number % COUNTIES.length]!;
    return {
      name: '示例学员',
      identityType: 'RESIDENT_ID',
      identityNumber: residentNumber(code, Math.floor(number / COUNTIES.length)),
      unitCode: code,
      countyCode: code,
      openedOn: '2023-09-01',
    };
  });
}

/** One provider and course for every place of a slot; seats are limited and counted, but never run out. */
function catalogue(): CatalogueRows {
  const places = Array.from({ length: SESSIONS_PER_SLOT }, (_, place) => place);
  const approval = { approved_from: '2013-01-01', approved_to: '' };
  const capacity = '100000';
  return {
    units: [
      { code: '140100', name: '太原市', level: '1', parent_code: '', is_synthetic: '0' },
      ...COUNTIES.map(({ code, name }) => ({ code, name, level: '2', parent_code: '140100', is_synthetic: '0' })),
    ],
    providers: places.map((place) => ({
      code: `BENCH-${place}`,
      name: `示例社区学院${place}`,
      type: 'COMMUNITY_COLLEGE',
      unit_code: COUNTIES[place]!.code,
      ...approval,
    })),
    courses: places.map((place) => ({
      code: `COURSE-${place}`,
      provider_code: `BENCH-${place}`,
      title: '养生有道',
      credit_type: 'leisure',
      activity_type: 'DAILY_CLASS',
      planned_minutes: '90',
      planned_sessions: '336',
      capacity,
      ...approval,
    })),
    sessions: Array.from({ length: SLOTS }, (_, slot) => {
      const day = new Date(FIRST_DAY_MS + Math.floor(slot / SLOTS_PER_DAY) * 86_400_000).toISOString().slice(0, 10);
      return places.map((place) => ({
        code: `S-${String(slot).padStart(4, '0')}-${place}`,
        course_code: `COURSE-${place}`,
        starts_at: `${day}T${SLOT_STARTS[slot % SLOTS_PER_DAY]!}:00+08:00`,
        ends_at: `${day}T${SLOT_ENDS[slot % SLOTS_PER_DAY]!}:00+08:00`,
        place: '示例教室',
        unit_code: COUNTIES[place]!.code,
        capacity,
      }));
    }).flat(),
  };
}
