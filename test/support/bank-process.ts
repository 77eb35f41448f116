import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DatabaseLocation } from '../../src/platform/database/data-sources.js';
import type { EntryAnswer } from './synthetic-commands.js';
import { CALLER } from './test-book.js';

const SCRIPT = fileURLToPath(new URL('../durability/bank-process.mjs', import.meta.url));
const BUILT = fileURLToPath(new URL('../../dist/schema.js', import.meta.url));

/** What a second process of the bank is to do. It posts keys `prefix-0`, `prefix-1`… in that order. */
export interface BankProcessOptions {
  location: DatabaseLocation;
  learnerIds: string[];
  prefix: string;
  /** Posts after which it closes the bank and ends; absent: it never ends by itself. */
  total?: number;
  /** Posts that wait for their answer at once. */
  inFlight: number;
  lanes?: number;
  /** Breaks the bank's own setting after opening (SQLite). */
  synchronous?: 'NORMAL';
  /** Pages of the log at which its thread begins to copy it into the file, instead of the bank's own number (SQLite). */
  checkpointPages?: number;
  /** Kills itself at its nth commit: when all is written but not committed, or when it is committed but not answered. */
  dieAt?: { commit: number; moment: 'before' | 'after' };
}

/** One answer the other process was given. */
export interface ProcessAnswer {
  key: string;
  answer?: EntryAnswer;
  replayed?: boolean;
  refused?: string;
  failed?: string;
}

/** Study time of the post `prefix-index`. */
export function secondsOf(index: number): number {
  return 60 + (index % 600);
}

/** A real second process of the bank, running what `nest build` made. */
export class BankProcess {
  /** Answers heard so far, in order. */
  readonly answers: ProcessAnswer[] = [];
  /** Resolves when the bank is open and the first post is on its way. */
  readonly ready: Promise<void>;
  /** Resolves when the process is gone and everything it said was heard; the signal that ended it, or null. */
  readonly ended: Promise<NodeJS.Signals | null>;
  private readonly child: ChildProcess;
  private readonly listeners = new Set<() => void>();
  private errors = '';

  constructor(options: BankProcessOptions, environment: Record<string, string> = {}) {
    if (!existsSync(BUILT)) throw new Error('dist is missing: run `npx nest build` first');
    const task = { lanes: 1, total: Number.MAX_SAFE_INTEGER, caller: CALLER, ...options };
    this.child = spawn(process.execPath, [SCRIPT, JSON.stringify(task)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stderr!.on('data', (text: Buffer) => (this.errors += text.toString()));
    let isReady: () => void;
    let isDead: (reason: Error) => void;
    this.ready = new Promise((resolve, reject) => {
      isReady = resolve;
      isDead = reject;
    });
    this.ready.catch(() => undefined);
    // A line cut off by the kill was never fully said.
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      if (!line.endsWith('}')) return;
      const said = JSON.parse(line) as ProcessAnswer & { ready?: true };
      if (said.ready) isReady();
      else this.answers.push(said);
      for (const listener of this.listeners) listener();
    });
    this.ended = new Promise((resolve, reject) => {
      this.child.on('close', (code, signal) => {
        const failure = code ? new Error(`The bank process ended with ${code}: ${this.errors}`) : null;
        isDead(failure ?? new Error('The bank process ended before it was ready'));
        for (const listener of this.listeners) listener();
        if (failure) reject(failure);
        else resolve(signal);
      });
    });
    this.ended.catch(() => undefined);
  }

  /** Resolves when this many answers have been heard. */
  heard(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (this.answers.length >= count) resolve();
        else if (this.child.exitCode !== null || this.child.signalCode !== null) {
          reject(new Error(`The bank process ended after ${this.answers.length} answers: ${this.errors}`));
        } else return;
        this.listeners.delete(look);
      };
      this.listeners.add(look);
      look();
    });
  }

  /** Ends the process as a power cut or the kernel would: nothing more of it runs. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  /** Keys it was told are in the book. */
  acknowledgedKeys(): string[] {
    return this.answers.filter(({ answer }) => answer !== undefined).map(({ key }) => key);
  }
}
