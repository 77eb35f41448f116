import { allPosted, fileUpload, listPost } from './bank-requests.js';
import { BareWriter } from './bare-sqlite.js';
import { runLoad } from './http-load.js';
import type { Report } from './report.js';
import { copyBank, weighBank, type SeededBank } from './seeded-bank.js';
import { ServerProcess } from './server-process.js';
import { classVisits, singleVisits, SLOTS, type PlannedVisit } from './visit-plan.js';

/** How large the two banks are that are compared. Sizes in attendances; one makes three postings. */
export interface GrowthPlan {
  /** What both are filled from: they differ in their books only, not in their accounts. */
  seed: SeededBank;
  smallAttendances: number;
  largeAttendances: number;
  rounds: number;
}

const ROWS_A_LIST = 1_000;
const LISTS_A_ROUND = 16;
const CONNECTIONS = 8;
/** Slots that the fill uses; the others are for the measured load and its warm-up. */
const FILL = { from: 0, count: 168 };

/**
 * What an attendance costs in a nearly empty bank and in a full one: the same lists to two servers, turn by turn. Each
 * turn starts the server on the bank, warms it up with dry runs (all the work, nothing written), then posts the same
 * number of lists. The small bank is put back to its beginning after every turn; the large one hardly notices.
 */
export async function measureGrowth(plan: GrowthPlan, report: Report, folder: string): Promise<void> {
  const seedOfSmall = copyBank(plan.seed, `${folder}/growth-small-seed.sqlite`);
  fill(seedOfSmall, plan.smallAttendances);
  const large = copyBank(plan.seed, `${folder}/growth-large.sqlite`);
  fill(large, plan.largeAttendances);
  const before = weighBank(large.file);
  const largeLists = listsOf(large);
  const wall: number[] = [];
  const cpu: number[] = [];
  const sums = { small: emptySum(), large: emptySum() };
  for (let round = 0; round < plan.rounds; round += 1) {
    const small = copyBank(seedOfSmall, `${folder}/growth-small.sqlite`);
    const atSmall = await measureTurn(small, listsOf(small));
    const atLarge = await measureTurn(large, largeLists);
    add(sums.small, atSmall);
    add(sums.large, atLarge);
    wall.push(atLarge.seconds / atSmall.seconds);
    cpu.push(atLarge.cpuSeconds / atSmall.cpuSeconds);
    console.log(`  round ${round + 1}: wall ${wall.at(-1)!.toFixed(2)} ×, server time ${cpu.at(-1)!.toFixed(2)} ×`);
  }
  const rows = plan.rounds * LISTS_A_ROUND * ROWS_A_LIST;
  for (const [name, sum, attendances] of [
    ['small', sums.small, plan.smallAttendances],
    ['large', sums.large, plan.largeAttendances],
  ] as const) {
    report.figure({
      name: `list of 1,000 in a bank of ${(attendances * 3).toLocaleString('en')} postings (${name})`,
      perSecond: rows / sum.seconds,
      serverMicros: (sum.cpuSeconds * 1e6) / rows,
    });
  }
  const names = `${(plan.largeAttendances * 3).toLocaleString('en')} against ${(plan.smallAttendances * 3).toLocaleString('en')} postings`;
  report.target(`cost of an attendance, ${names}`, wall, '×', { atMost: 1.5 });
  report.target(`the same, time of the server on a core`, cpu, '×', { atMost: 1.5 });
  report.note(
    `The large bank of the growth measure: ${plan.seed.learners.length.toLocaleString('en')} accounts, ` +
      `${before.postings.toLocaleString('en')} postings, ${(before.bytes / 2 ** 20).toFixed(0)} MiB.`,
  );
}

interface Turn {
  seconds: number;
  cpuSeconds: number;
}

function emptySum(): Turn {
  return { seconds: 0, cpuSeconds: 0 };
}

function add(sum: Turn, { seconds, cpuSeconds }: Turn): void {
  sum.seconds += seconds;
  sum.cpuSeconds += cpuSeconds;
}

function listsOf(bank: SeededBank): Iterator<PlannedVisit[], never> {
  return classVisits(bank.learners.length, { from: FILL.count, count: 84 }, ROWS_A_LIST);
}

async function measureTurn(bank: SeededBank, lists: Iterator<PlannedVisit[], never>): Promise<Turn> {
  const server = await ServerProcess.startBank(bank.file);
  try {
    const { port } = server;
    const tried = classVisits(bank.learners.length, { from: FILL.count + 84, count: SLOTS - FILL.count - 84 }, 50);
    const dryRun = () => fileUpload(bank, Array.from({ length: 200 }, () => tried.next().value).flat(), true);
    await runLoad({ port, connections: 1, seconds: 60, requests: 6, expectStatus: 200, next: dryRun });
    const post = (requests: number) =>
      runLoad({
        port,
        connections: CONNECTIONS,
        seconds: 120,
        requests,
        expectStatus: 201,
        next: () => listPost(bank, lists.next().value),
        accept: allPosted(ROWS_A_LIST),
      });
    await post(3);
    const cpuBefore = server.cpuSeconds();
    const result = await post(LISTS_A_ROUND);
    if (result.acknowledged !== LISTS_A_ROUND) throw new Error(`Lists were refused: ${JSON.stringify(result.wrong)}`);
    return { seconds: result.seconds, cpuSeconds: server.cpuSeconds() - cpuBefore };
  } finally {
    await server.stop();
  }
}

/**
 * Brings a bank to its size with the very rows it would have written itself, visit after visit of all learners in turn,
 * so that tables fill and pages split as they would in use. Only the waiting for the disk is left out.
 */
export function fill(bank: SeededBank, attendances: number): void {
  const writer = new BareWriter(bank, 'OFF');
  const visits = fillOrder(bank, FILL);
  const started = Date.now();
  let written = 0;
  let told = started;
  while (written < attendances) {
    const commits: PlannedVisit[][] = [];
    for (let count = 0; count < 16 && written < attendances; count += 1) {
      const size = Math.min(512, attendances - written);
      commits.push(Array.from({ length: size }, () => visits.next().value));
      written += size;
    }
    writer.write(commits, false);
    if (Date.now() - told < 20_000) continue;
    told = Date.now();
    console.log(`  ${written.toLocaleString('en')} of ${attendances.toLocaleString('en')} attendances`);
  }
  writer.close();
}

/** All learners in order of account, once for every slot: neighbours on disk are written together, as in a bulk load. */
function* fillOrder(bank: SeededBank, slots: { from: number; count: number }): Generator<PlannedVisit, never> {
  const scattered = singleVisits(bank.learners.length, slots);
  for (;;) {
    const round = Array.from({ length: bank.learners.length }, () => scattered.next().value);
    yield* round.sort((a, b) => a.learner - b.learner);
  }
}
