import { allPosted, balanceRead, fileUpload, listPost, singlePost } from './bank-requests.js';
import { BareWriter } from './bare-sqlite.js';
import { joinLoads, median, runLoad, type LoadOptions, type LoadResult } from './http-load.js';
import type { Report } from './report.js';
import { copyBank, weighBank, type SeededBank } from './seeded-bank.js';
import { ServerProcess } from './server-process.js';
import { classVisits, singleVisits, SLOTS, type PlannedVisit } from './visit-plan.js';

const SLICE_SECONDS = 2;
/** Lists take about a second each: a shorter slice would hold too few of them. */
const LIST_SLICE_SECONDS = 4;
const FILE_ROWS = 20_000;
const CLASS_SIZE = 40;
const THIRD = SLOTS / 3;
const FRAMEWORK_SCRIPT = new URL('framework-server.js', import.meta.url).pathname;

/** One load that is measured in slices, in turn with the others. */
interface Slices {
  name: string;
  rows: number;
  parts: LoadResult[];
  server: ServerProcess;
  options: Omit<LoadOptions, 'seconds' | 'port'>;
  cpuSeconds: number;
  answers: number;
}

/** Rates of the bank beside those of the bare driver and the empty framework, in turns, and the bytes they leave behind. */
export async function measureBookRates(
  seed: SeededBank,
  report: Report,
  folder: string,
  rounds: number,
): Promise<void> {
  const before = weighBank(seed.file);
  const singles = copyBank(seed, `${folder}/singles.sqlite`);
  const lists = copyBank(seed, `${folder}/lists.sqlite`);
  const singleServer = await ServerProcess.startBank(singles.file);
  const listServer = await ServerProcess.startBank(lists.file);
  const framework = await ServerProcess.start([FRAMEWORK_SCRIPT], {});
  const bare = openBare(seed, folder);
  try {
    const loads = describeLoads({ singles, lists, singleServer, listServer, framework });
    console.log('warming up');
    for (const load of loads) await runLoad({ ...load.options, port: load.server.port, seconds: 2 }).then(count(load));
    for (const limit of bare) limit.writer.measure(limit.visits, limit.size, 0.5, limit.areSingles);
    const [at64, empty64, list100, list1000, file] = loads as [Slices, Slices, Slices, Slices, Slices];
    const ratios = { single: [] as number[], possible: [] as number[], list: [] as number[], file: [] as number[] };
    const reads: LoadResult[] = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const load of [at64, empty64, list100, file]) await slice(load);
      await slice(list1000, LIST_SLICE_SECONDS);
      for (const limit of bare) {
        limit.rates.push(limit.writer.measure(limit.visits, limit.size, 1.5, limit.areSingles));
      }
      reads.push(await readBesideWriters(at64, singles));
      ratios.single.push(rateOf(at64) / rateOf(empty64));
      ratios.possible.push(rateOf(at64) * (1 / rateOf(empty64) + 1 / bare[2]!.rates.at(-1)!));
      ratios.list.push(rateOf(list1000) / bare[1]!.rates.at(-1)!);
      ratios.file.push(rateOf(file) / bare[1]!.rates.at(-1)!);
      console.log(
        `  round ${round}: single ${Math.round(rateOf(at64))}/s of empty ${Math.round(rateOf(empty64))}/s; ` +
          `list ${Math.round(rateOf(list1000))}/s, file ${Math.round(rateOf(file))}/s of bare ${Math.round(bare[1]!.rates.at(-1)!)}/s`,
      );
    }
    console.log('1 and 8 connections');
    const few = loads.slice(5);
    for (let round = 0; round < 2; round += 1) for (const load of few) await slice(load, 2.5);

    for (const load of [few[0]!, few[1]!, at64]) tell(report, load);
    for (const load of [few[2]!, few[3]!, empty64]) tell(report, load);
    for (const load of [list100, list1000, file]) tell(report, load);
    for (const { name, rates } of bare) report.figure({ name, perSecond: mean(rates) });
    report.load('balance read while 64 connections post, 4 readers', joinLoads(reads));
    report.target('single posts / empty framework, 64 connections', ratios.single, '×', { atLeast: 0.7 });
    report.target('list of 1,000 / bare SQLite, commits of 512', ratios.list, '×', { atLeast: 0.5 });
    report.target('CSV file / bare SQLite, commits of 512', ratios.file, '×', { atLeast: 0.5 });
    report.target(
      'balance read p99 while 64 connections post',
      reads.map(({ p99Ms }) => p99Ms),
      'ms',
      { atMost: 10 },
    );
    report.note(
      `Single posts at 64 connections are ${median(ratios.possible).toFixed(2)} of what the empty framework and the bare ` +
        'driver (commits of 64) allow one after the other on one core: 1 / (1 / framework + 1 / driver).',
    );
    report.note(
      `Memory at most: ${Math.round(singleServer.peakMemoryMib())} MiB (single posts), ${Math.round(listServer.peakMemoryMib())} MiB (lists and files).`,
    );
    const wrong = loads.flatMap((load) => load.parts.flatMap((part) => Object.entries(part.wrong)));
    if (wrong.length > 0) report.note(`WRONG ANSWERS: ${JSON.stringify(wrong)}`);
    await singleServer.stop();
    await listServer.stop();
    weigh(
      report,
      'single',
      singles,
      loads.filter(({ server }) => server === singleServer),
      before.bytes,
    );
    weigh(
      report,
      'list and file',
      lists,
      loads.filter(({ server }) => server === listServer),
      before.bytes,
    );
  } finally {
    await Promise.all([singleServer.stop(), listServer.stop(), framework.stop()]);
    for (const { writer } of bare) writer.close();
  }
}

interface Parts {
  singles: SeededBank;
  lists: SeededBank;
  singleServer: ServerProcess;
  listServer: ServerProcess;
  framework: ServerProcess;
}

/** First those of the rounds (single, empty, list 100, list 1,000, file), then those at 1 and 8 connections. */
function describeLoads({ singles, lists, singleServer, listServer, framework }: Parts): Slices[] {
  const visits = singleVisits(singles.learners.length, { from: 0, count: SLOTS });
  const hundreds = classVisits(lists.learners.length, { from: 0, count: THIRD }, 100);
  const thousands = classVisits(lists.learners.length, { from: THIRD, count: THIRD }, 1_000);
  const classes = classVisits(lists.learners.length, { from: 2 * THIRD, count: THIRD }, CLASS_SIZE);
  const load = (name: string, rows: number, server: ServerProcess, options: Slices['options']): Slices => {
    return { name, rows, server, options, parts: [], cpuSeconds: 0, answers: 0 };
  };
  const single = (connections: number) =>
    load(`single posts, ${connections} connections`, 1, singleServer, {
      connections,
      expectStatus: 201,
      next: () => singlePost(singles, visits.next().value),
    });
  const sample = singlePost(singles, visits.next().value);
  const empty = (connections: number) =>
    load(`empty validated route of the framework, ${connections} connections`, 1, framework, {
      connections,
      expectStatus: 201,
      next: () => sample,
    });
  const list = (rows: number, plan: Iterator<PlannedVisit[], never>) =>
    load(`lists of ${rows.toLocaleString('en')}, 8 connections`, rows, listServer, {
      connections: 8,
      expectStatus: 201,
      next: () => listPost(lists, plan.next().value),
      accept: allPosted(rows),
    });
  const file = load(`CSV file of ${FILE_ROWS.toLocaleString('en')} rows, 1 connection`, FILE_ROWS, listServer, {
    connections: 1,
    requests: 1,
    expectStatus: 201,
    next: () => {
      const rows = Array.from({ length: FILE_ROWS / CLASS_SIZE }, () => classes.next().value).flat();
      return fileUpload(lists, rows);
    },
    accept: allPosted(FILE_ROWS),
  });
  return [
    single(64),
    empty(64),
    list(100, hundreds),
    list(1_000, thousands),
    file,
    single(1),
    single(8),
    empty(1),
    empty(8),
  ];
}

interface BareLimit {
  name: string;
  size: number;
  areSingles: boolean;
  writer: BareWriter;
  visits: Iterator<PlannedVisit, never>;
  rates: number[];
}

/** The bare driver with the rows of lists in commits of 64 and 512, and with those of single posts in commits of 64. */
function openBare(seed: SeededBank, folder: string): BareLimit[] {
  const limit = (size: number, areSingles: boolean): BareLimit => {
    const kind = areSingles ? 'single posts' : 'lists';
    const bank = copyBank(seed, `${folder}/bare-${size}${areSingles ? '-singles' : ''}.sqlite`);
    return {
      name: `bare SQLite, the rows of ${kind}, commits of ${size}`,
      size,
      areSingles,
      writer: new BareWriter(bank, 'FULL'),
      visits: areSingles
        ? singleVisits(bank.learners.length, { from: 0, count: SLOTS })
        : flat(classVisits(bank.learners.length, { from: 0, count: SLOTS }, 1_000)),
      rates: [],
    };
  };
  return [limit(64, false), limit(512, false), limit(64, true)];
}

function* flat(classes: Iterator<PlannedVisit[], never>): Generator<PlannedVisit, never> {
  for (;;) yield* classes.next().value;
}

async function slice(load: Slices, seconds = SLICE_SECONDS): Promise<void> {
  const cpuBefore = load.server.cpuSeconds();
  const limited = load.options.requests !== undefined;
  const result = await runLoad({
    ...load.options,
    port: load.server.port,
    seconds: limited ? 60 : seconds,
    warmUpSeconds: limited ? 0 : 0.2,
  });
  load.cpuSeconds += load.server.cpuSeconds() - cpuBefore;
  load.parts.push(result);
  count(load)(result);
}

/** Remembers how many right answers there were, which is what must be in the book. */
function count(load: Slices): (result: LoadResult) => void {
  return ({ acknowledged }) => {
    load.answers += acknowledged;
  };
}

function rateOf(load: Slices): number {
  return load.parts.at(-1)!.perSecond * load.rows;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function tell(report: Report, load: Slices): void {
  const all = joinLoads(load.parts);
  report.load(load.name, all, load.rows, (load.cpuSeconds * 1e6) / (all.acknowledged * load.rows));
}

/** Four people look up balances, each a hundred times a second, while 64 connections post as fast as they can. */
async function readBesideWriters(writers: Slices, bank: SeededBank): Promise<LoadResult> {
  const { port } = writers.server;
  const seconds = SLICE_SECONDS;
  let learner = 0;
  const [reads, writes] = await Promise.all([
    runLoad({
      port,
      connections: 4,
      pauseMs: 10,
      seconds,
      warmUpSeconds: 0.3,
      expectStatus: 200,
      next: () => balanceRead(bank, (learner += 7_919) % bank.learners.length),
    }),
    runLoad({ ...writers.options, port, seconds: seconds + 0.3 }),
  ]);
  count(writers)(writes);
  return reads;
}

/** Bytes an attendance takes in a closed bank, and whether everything acknowledged is in it. */
function weigh(report: Report, kind: string, bank: SeededBank, loads: Slices[], bytesBefore: number): void {
  const { bytes, attendances } = weighBank(bank.file);
  const acknowledged = loads.reduce((sum, load) => sum + load.answers * load.rows, 0);
  if (attendances !== acknowledged) {
    throw new Error(`${kind}: ${acknowledged} attendances were acknowledged, ${attendances} are in the book`);
  }
  report.note(
    `${kind}: ${Math.round((bytes - bytesBefore) / attendances).toLocaleString('en')} bytes an attendance in the file ` +
      `(${attendances.toLocaleString('en')} attendances, every acknowledged one is in the book).`,
  );
}
