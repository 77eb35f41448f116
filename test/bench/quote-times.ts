import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { parse } from 'yaml';
import { createApp } from '../../src/create-app.js';
import { readConfig } from '../../src/platform/config/config.js';
import { Writer } from '../../src/platform/database/writer.js';
import type { Sql, SqlValue } from '../../src/platform/database/sql.js';
import { Policies } from '../../src/policy/policy.port.js';
import type { Report } from './report.js';
import { seedBank, type SeededBank } from './seeded-bank.js';
import { bankEnvironment } from './server-process.js';

const LEARNERS = 30;
const LOTS = 2_000;
const ROUNDS = 10;

/** Asks what was learnt behind every lot: a pattern by activity, and a cap counted apart for each provider. */
const DEMANDING = {
  ...{ code: 'demanding', name: { zh: '逐批核对', en: 'Every lot' }, to: 'vocational', ratio: { from: 2, to: 1 } },
  from: [{ creditTypes: ['leisure'], origins: ['attendance'], outcomeClasses: ['activity'] }],
  caps: [
    {
      ...{
        code: 'each',
        name: { zh: '每机构', en: 'Each' },
        limit: { credit: '500.00' },
        per: 'year',
        each: ['provider'],
      },
      whenOver: 'refuse',
    },
  ],
  effectiveFrom: '2013-01-01',
};

/**
 * How long a quote takes for a learner with two thousand lots, over HTTP, one after the other, each time another learner:
 * under a rule that asks nothing of the learning, and under one that asks it of every lot. There are more lots than the bank
 * keeps in memory, so every book is read again; the last figure is of few learners, whose books are kept. The time on a core
 * is that of server and client together.
 */
export async function measureQuotes(report: Report, folder: string): Promise<void> {
  const bank = await seedBank(`${folder}/quotes.sqlite`, LEARNERS);
  const app = await createApp(readConfig(bankEnvironment(bank.file)));
  await app.init();
  try {
    const pack = parse(readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8')) as { conversionRules: object[] };
    const publish = (version: string, effectiveFrom: string, rule: object) =>
      app.get(Policies).publish({ ...pack, version, effectiveFrom, conversionRules: [rule] });
    await publish('plain', '2014-01-01', withoutCap(pack.conversionRules[0]!));
    await app.get(Writer).write(({ sql }) => fillBooks(sql, bank));
    await app.listen(0, '127.0.0.1');
    const { port } = app.getHttpServer().address() as AddressInfo;
    const ask = (learnerId: string, body: object) =>
      fetch(`http://127.0.0.1:${port}/api/v1/conversions/quote`, {
        method: 'POST',
        headers: { authorization: `Bearer ${bank.registrarKey}`, 'content-type': 'application/json' },
        body: JSON.stringify({ learnerId, amount: '1.00', ...body }),
      });
    await measure(report, 'quote, 2,000 lots, plain rule', bank.learners, (id) =>
      ask(id, { from: 'leisure', to: 'vocational' }),
    );
    await publish('demanding', '2015-01-01', DEMANDING);
    await measure(report, 'quote, 2,000 lots, every lot asked', bank.learners, (id) =>
      ask(id, { from: 'leisure', to: 'vocational' }),
    );
    const few = bank.learners.slice(0, 5);
    await measure(report, 'the same again, book unchanged', few, (id) =>
      ask(id, { from: 'leisure', to: 'vocational' }),
    );
  } finally {
    await app.close();
  }
}

function withoutCap(rule: object): object {
  return Object.fromEntries(Object.entries(rule).filter(([field]) => field !== 'cap'));
}

async function measure(
  report: Report,
  name: string,
  learners: SeededBank['learners'],
  ask: (learnerId: string) => Promise<Response>,
): Promise<void> {
  const times: number[] = [];
  let cpu = process.cpuUsage();
  for (let round = -1; round < ROUNDS; round += 1) {
    if (round === 0) cpu = process.cpuUsage();
    for (const { learnerId } of learners) {
      const started = performance.now();
      const answer = await ask(learnerId);
      const { allowed } = (await answer.json()) as { allowed?: boolean };
      if (answer.status !== 200 || !allowed) throw new Error(`${name}: a quote was answered ${answer.status}`);
      // The first round fills caches that a running bank has.
      if (round >= 0) times.push(performance.now() - started);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  const serverMicros = Math.round((user + system) / times.length);
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!;
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  report.figure({ name, perSecond: 1_000 / mean, p50Ms: at(0.5), p99Ms: at(0.99), serverMicros });
  report.target(`p99 of ${name}`, [at(0.99)], 'ms', { atMost: 20 });
}

/** Two thousand visits each, every one of them a lot of 0.11, as attendance books them. */
async function fillBooks(sql: Sql, { learners, sessions }: SeededBank): Promise<void> {
  for (const { learnerId } of learners) {
    const entries: SqlValue[][] = [];
    const postings: SqlValue[][] = [];
    for (let version = 1; version <= LOTS; version += 1) {
      const { sessionId, endsAt } = sessions[version % sessions.length]!;
      entries.push([learnerId, version, 'attendance', endsAt, endsAt, learnerId, sessionId, 'taiyuan-default@plain']);
      const at = (line: number, from: string, to: string, unit: string, amount: number, lot: number | null) => [
        ...[learnerId, version, line, from, to, unit, 'leisure', amount, lot],
        ...(lot === null ? [null, null] : ['2024-06-03', '2031-06-03']),
      ];
      postings.push(at(1, 'attended', 'time', 'second', 5_400, null), at(2, 'time', 'accrued', 'second', 5_346, null));
      postings.push(at(3, 'issued', 'available', 'centi', 11, version));
    }
    await sql.insert(
      {
        table: 'journal_entry',
        columns: ['learner_id', 'version', 'kind', 'occurred_at', 'recorded_at', 'actor', 'subject', 'policy_version'],
      },
      entries,
    );
    await sql.insert(
      {
        table: 'posting',
        columns: [
          ...['learner_id', 'version', 'line', 'source', 'destination', 'unit', 'credit_type', 'amount', 'lot'],
          ...['earned_on', 'valid_until'],
        ],
      },
      postings,
    );
    await sql.run('update learning_account set version = ?, lot_count = ? where learner_id = ?', [
      LOTS,
      LOTS,
      learnerId,
    ]);
  }
}
