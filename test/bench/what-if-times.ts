import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { fill } from './growth.js';
import type { Report } from './report.js';
import { seedBank } from './seeded-bank.js';
import { bankEnvironment } from './server-process.js';

/** Learners of the two banks, and the visits of each learner. */
const SIZES = [2_000, 20_000];
const VISITS = 20;
const LOOK_EVERY_MS = 100;

interface Run {
  seconds: number;
  /** Resident memory in the first tenth of the run, in its last, and at its highest, MiB. */
  early: number;
  late: number;
  peak: number;
  /** Lines of progress on standard error. */
  progress: number;
  report: { learners: number; gain: number; lose: number };
}

/**
 * A draft tried on all visits of a bank by the command an operator uses, in its own process, for two banks of which one is
 * ten times the other: how long it takes and how much memory it holds. Errors: when anything in the file has changed.
 */
export async function measureWhatIf(report: Report, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const draft = `${folder}/what-if-draft.yaml`;
  const rules = readFileSync('fixtures/policy/taiyuan-default.yaml', 'utf8');
  writeFileSync(
    draft,
    rules
      .replace("version: '2024.1'", "version: 'draft'")
      .replace('classHoursPerCredit: 18', 'classHoursPerCredit: 20'),
  );
  const runs: Run[] = [];
  for (const learners of SIZES) {
    const bank = await seedBank(`${folder}/what-if-${learners}.sqlite`, learners);
    fill(bank, learners * VISITS);
    const before = stateOf(bank.file);
    const watch = new Database(bank.file, { readonly: true });
    const version = watch.pragma('data_version', { simple: true });
    const run = await tryDraft(draft, bank.file);
    if (watch.pragma('data_version', { simple: true }) !== version)
      throw new Error('The draft was tried and something was written');
    watch.close();
    if (stateOf(bank.file) !== before) throw new Error('The draft was tried and rows have changed');
    const attendances = (learners * VISITS).toLocaleString('en');
    report.figure({ name: `what-if over ${attendances} attendances`, perSecond: (learners * VISITS) / run.seconds });
    report.note(
      `What-if over ${attendances} attendances of ${learners.toLocaleString('en')} learners: ${run.seconds.toFixed(1)} s, ` +
        `memory early ${run.early.toFixed(0)}, late ${run.late.toFixed(0)}, at most ${run.peak.toFixed(0)} MiB, ` +
        `${run.progress} lines of progress; ${run.report.gain} gain, ${run.report.lose} lose; nothing written.`,
    );
    runs.push(run);
  }
  report.target('what-if: memory, ten times the bank', [runs[1]!.peak / runs[0]!.peak], '×', { atMost: 1.5 });
}

async function tryDraft(draft: string, file: string): Promise<Run> {
  const started = performance.now();
  const words = ['dist/cli.js', 'policy', 'what-if', draft, '--from', '2024-01-01', '--to', '2024-12-31'];
  const child = spawn(process.execPath, words, { env: { ...process.env, NODE_OPTIONS: '', ...bankEnvironment(file) } });
  let [output, progress] = ['', 0];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (progress += text.split('\n').length - 1));
  const samples: number[] = [];
  let peak = 0;
  const watch = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const mib = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? NaN) / 1024;
      if (progress > 0 && mib('VmRSS') > 0) samples.push(mib('VmRSS'));
      peak = Math.max(peak, mib('VmHWM') || 0);
    } catch {
      // It has just ended.
    }
  }, LOOK_EVERY_MS);
  const [code] = (await once(child, 'close')) as [number | null];
  clearInterval(watch);
  if (code !== 0) throw new Error(`The what-if ended with ${code}`);
  const mean = (some: number[]) => some.reduce((sum, value) => sum + value, 0) / some.length;
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  return {
    seconds: (performance.now() - started) / 1_000,
    early: mean(samples.slice(0, tenth)),
    late: mean(samples.slice(-tenth)),
    peak,
    progress,
    report: JSON.parse(output) as Run['report'],
  };
}

/** Rows of every table, as text. */
function stateOf(file: string): string {
  const database = new Database(file, { readonly: true });
  try {
    const tables = database.prepare("select name from sqlite_schema where type = 'table' order by name").pluck().all();
    return (tables as string[])
      .map((table) => `${table} ${String(database.prepare(`select count(*) from "${table}"`).pluck().get())}`)
      .join('\n');
  } finally {
    database.close();
  }
}
