import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { median, type LoadResult } from './http-load.js';

/** One measured thing. Rates are attendances (or requests that do nothing) a second. */
export interface Figure {
  name: string;
  perSecond: number;
  p50Ms?: number;
  p99Ms?: number;
  /** Time the server needed on a core for one, microseconds; hardly disturbed by what else the machine does. */
  serverMicros?: number;
  /** Part of the time that the load generator was on a core. */
  clientShare?: number;
}

/** A promise in numbers. `low` and `high` are its extremes over the rounds. */
export interface Target {
  name: string;
  value: number;
  low: number;
  high: number;
  unit: '×' | 'ms';
  bound: { atLeast: number } | { atMost: number };
}

/** What one run found. */
export class Report {
  readonly figures: Figure[] = [];
  readonly targets: Target[] = [];
  readonly notes: string[] = [];
  private readonly startedAt = new Date();

  figure(figure: Figure): void {
    this.figures.push(figure);
  }

  /** A figure from a load; `rows` is how many attendances a request brought. */
  load(name: string, result: LoadResult, rows = 1, serverMicros?: number): void {
    const { p50Ms, p99Ms, clientShare } = result;
    this.figure({ name, perSecond: result.perSecond * rows, p50Ms, p99Ms, serverMicros, clientShare });
  }

  /** A target measured in several rounds; the middle one counts. */
  target(name: string, rounds: number[], unit: Target['unit'], bound: Target['bound']): void {
    this.targets.push({
      name,
      value: median(rounds),
      low: Math.min(...rounds),
      high: Math.max(...rounds),
      unit,
      bound,
    });
  }

  note(text: string): void {
    this.notes.push(text);
  }

  /** Everything as tables for people. */
  print(): void {
    console.log('\nmeasured'.padEnd(64) + '      /s    p50 ms    p99 ms  server µs  client');
    for (const { name, perSecond, p50Ms, p99Ms, serverMicros, clientShare } of this.figures) {
      console.log(
        name.padEnd(56) +
          Math.round(perSecond).toLocaleString('en').padStart(15) +
          cell(p50Ms, 2) +
          cell(p99Ms, 2) +
          cell(serverMicros, 0, 11) +
          (clientShare === undefined ? '' : `${Math.round(clientShare * 100)} %`.padStart(8)),
      );
    }
    console.log('\ntargets (middle of the rounds, extremes in brackets)');
    for (const target of this.targets) {
      const digits = target.unit === 'ms' ? 1 : 2;
      const show = (value: number) => `${value.toFixed(digits)}${target.unit === '×' ? ' ×' : ' ms'}`;
      const bound = 'atLeast' in target.bound ? `≥ ${target.bound.atLeast}` : `≤ ${target.bound.atMost}`;
      console.log(
        target.name.padEnd(60) +
          show(target.value).padStart(11) +
          `  (${target.low.toFixed(digits)} … ${target.high.toFixed(digits)})`.padEnd(20) +
          `${bound}`.padEnd(8) +
          (isReached(target) ? 'reached' : 'MISSED'),
      );
    }
    console.log('');
    for (const note of this.notes) console.log(`- ${note}`);
  }

  /** The same as JSON in `folder`; the path. */
  write(folder: string): string {
    mkdirSync(folder, { recursive: true });
    const path = join(folder, `${this.startedAt.toISOString().slice(0, 19).replaceAll(':', '')}.json`);
    const { figures, notes } = this;
    const targets = this.targets.map((target) => ({ ...target, isReached: isReached(target) }));
    const content = { startedAt: this.startedAt.toISOString(), machine: describeMachine(), figures, targets, notes };
    writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
    return path;
  }
}

function isReached({ value, bound }: Target): boolean {
  return 'atLeast' in bound ? value >= bound.atLeast : value <= bound.atMost;
}

function cell(value: number | undefined, digits: number, width = 10): string {
  return (value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits)).padStart(width);
}

/** What the figures depend on. */
export function describeMachine(): Record<string, string | number> {
  const memory = new Database(':memory:');
  const sqlite = memory.prepare('select sqlite_version()').pluck().get() as string;
  memory.close();
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGib: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    sqlite,
    loadAverage: Number(loadavg()[0]!.toFixed(2)),
  };
}
