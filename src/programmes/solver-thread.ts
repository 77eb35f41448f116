import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { exactValues, type IntegerProgramme, type Solution } from './domain/integer-programme.js';
import { highsOptions, toHighsModel } from './highs-model.js';

const HIGHS = pathToFileURL(createRequire(import.meta.url).resolve('highs')).href;

/** Past its own limit a search is given this long, then the thread is ended: the solver does not look at the clock everywhere. */
const GRACE_MS = 500;
/** What waited for others has at least so long. */
const LEAST_MS = 20;

/**
 * What runs in the thread: plain text, because it must run the same from sources and from the build. It answers each
 * model with a status and the values of the columns.
 */
const THREAD = `
const { parentPort, workerData } = require('node:worker_threads');
const ready = import(workerData.highs).then((loaded) => loaded.default());
parentPort.on('message', async ({ id, data, options }) => {
  try {
    const highs = await ready;
    const model = highs.createModel(data);
    try {
      model.options.set(options);
      model.run();
      const found = model.info.get('primal_solution_status') === highs.constants.solutionStatus.feasible;
      parentPort.postMessage({ id, status: model.getModelStatus(), bound: model.info.get('mip_dual_bound'), values: found ? model.getSolution().colValue : null });
    } finally {
      model.dispose();
    }
  } catch (error) {
    parentPort.postMessage({ id, failed: String(error) });
  }
});
`;

/** Proven the best, or known to be it: {@link IntegerProgramme.enough} was reached. */
const BEST = [7, 12];
const INFEASIBLE = 8;

interface Answer {
  id: number;
  status?: number;
  values?: Float64Array | null;
  bound?: number;
  failed?: string;
}

interface Waiting {
  resolve(answer: Answer): void;
  timer: NodeJS.Timeout;
}

/** Searches for plans beside the server's own thread, one after the other, so that nobody waits for them. */
@Injectable()
export class SolverThread implements OnModuleDestroy {
  private thread: Worker | null = null;
  private readonly waiting = new Map<number, Waiting>();
  private count = 0;
  private last: Promise<unknown> = Promise.resolve();

  /** Has the solver loaded by the time it is asked: some 0.2 s, once. */
  wake(): void {
    this.start();
  }

  /** The solution within a time limit, waiting included, checked exactly. Throws when the solver fails. */
  solve(programme: IntegerProgramme, timeLimitMs: number): Promise<Solution> {
    const until = performance.now() + timeLimitMs;
    const next = this.last.then(() => this.ask(programme, Math.max(LEAST_MS, until - performance.now())));
    this.last = next.catch(() => undefined);
    return next;
  }

  async onModuleDestroy(): Promise<void> {
    await this.thread?.terminate();
  }

  private async ask(programme: IntegerProgramme, timeLimitMs: number): Promise<Solution> {
    const { status, values, bound, failed } = await new Promise<Answer>((resolve) => {
      const id = (this.count += 1);
      const timer = setTimeout(() => this.giveUp(), timeLimitMs + GRACE_MS);
      this.waiting.set(id, { resolve, timer });
      this.start().postMessage({ id, data: toHighsModel(programme), options: highsOptions(programme, timeLimitMs) });
    });
    if (failed !== undefined) throw new Error(`The solver failed: ${failed}`);
    if (status === INFEASIBLE) return { status: 'none' };
    if (!values) return { status: 'unknown', bound };
    return { status: BEST.includes(status!) ? 'best' : 'found', values: exactValues(programme, values), bound };
  }

  private start(): Worker {
    if (this.thread) return this.thread;
    const thread = new Worker(THREAD, { eval: true, workerData: { highs: HIGHS } });
    thread.on('message', (answer: Answer) => this.answer(answer));
    thread.on('error', (error) => this.fail(String(error)));
    thread.unref();
    this.thread = thread;
    return thread;
  }

  private answer(answer: Answer): void {
    const waiting = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.resolve(answer);
  }

  /** A search that does not end is unknown, and the next one gets a new thread. */
  private giveUp(): void {
    void this.thread?.terminate();
    this.thread = null;
    for (const id of [...this.waiting.keys()]) this.answer({ id, values: null });
  }

  private fail(why: string): void {
    this.thread = null;
    for (const id of [...this.waiting.keys()]) this.answer({ id, failed: why });
  }
}
