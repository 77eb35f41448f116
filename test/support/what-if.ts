import type { PackFile } from '../../src/policy/domain/pack-file.js';
import { shippedFile } from '../domain/policy/pack-parts.js';
import type { Seed } from './seed.js';

/** How a group fares, as the bank says it. */
export interface GroupBody {
  group: string;
  learners: number;
  gain: number;
  lose: number;
  before: string;
  after: string;
  difference: string;
}

/** The report of a draft that was tried. */
export interface ReportBody {
  learners: number;
  gain: number;
  lose: number;
  unchanged: number;
  byCreditType: GroupBody[];
  byUnit: GroupBody[];
  byAge: GroupBody[];
  newlyRefused: { code: string; count: number }[];
  largestGains: { learnerId: string; difference: string }[];
  largestLosses: { learnerId: string; difference: string }[];
  conversions: { looked: number; unchanged: number; changed: number; refused: number };
  points: { learners: number; gain: number; lose: number; before: number; after: number; difference: number };
  awards: { looked: number; stillMet: number; noLongerMet: number; programmeGone: number };
  notLookedAt: { entries: number; byKind: { kind: string; entries: number }[]; note: string };
}

/** One line of the answer. */
export interface WhatIfBody {
  progress?: object;
  report?: ReportBody;
  problem?: object;
}

/** Tries a draft over HTTP; every line of the answer. */
export async function whatIfLines(seed: Seed, body: object): Promise<WhatIfBody[]> {
  const answer = await seed.bank
    .post('/api/v1/policies/what-if', seed.registrar, body)
    .buffer(true)
    .parse((response, done) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done(null, text));
    })
    .expect(200)
    .expect('Content-Type', /application\/x-ndjson/);
  return (answer.body as string)
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as WhatIfBody);
}

/** The same; the report in its last line. */
export async function reportOf(seed: Seed, body: object): Promise<ReportBody> {
  const last = (await whatIfLines(seed, body)).at(-1);
  if (!last?.report) throw new Error(JSON.stringify(last));
  return last.report;
}

/** The year in which the tests of drafts learn. */
const YEAR = { from: '2024-01-01', to: '2024-12-31' };

/** What the shipped rules, changed, would have made of a period. */
export function tried(seed: Seed, change: (file: PackFile) => unknown, period = YEAR): Promise<ReportBody> {
  const pack = shippedFile();
  pack.version = 'draft';
  change(pack);
  return reportOf(seed, { pack, ...period });
}
