import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What the bank counts about itself, in Prometheus form at `/metrics`. */
export class Metrics {
  readonly registry = new Registry();
  private readonly entries = new Counter({
    name: 'bank_entries_posted_total',
    help: 'Entries written into the book, by action',
    labelNames: ['action'],
    registers: [this.registry],
  });
  private readonly refusals = new Counter({
    name: 'bank_refusals_total',
    help: 'Requests and rows refused, by problem code',
    labelNames: ['code'],
    registers: [this.registry],
  });
  private readonly batchSize = new Histogram({
    name: 'bank_commit_batch_size',
    help: 'Commands in one commit',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
    registers: [this.registry],
  });
  private readonly commitSeconds = new Histogram({
    name: 'bank_commit_seconds',
    help: 'Time of one commit, from taking the batch to the flush',
    buckets: [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1],
    registers: [this.registry],
  });
  private queueDepth: () => number = () => 0;

  constructor() {
    const depth = () => this.queueDepth();
    new Gauge({
      name: 'bank_commit_queue_depth',
      help: 'Commands waiting for a commit',
      registers: [this.registry],
      collect() {
        this.set(depth());
      },
    });
  }

  /** Adds process figures (memory, event loop); not wanted in tests. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  /** Where the depth of the commit queue is read when somebody asks. */
  observeQueue(depth: () => number): void {
    this.queueDepth = depth;
  }

  /** One entry more, by the action of its command. */
  countEntry(action: string): void {
    this.entries.inc({ action });
  }

  /** One refusal more, by problem code. */
  countRefusal(code: string): void {
    this.refusals.inc({ code });
  }

  /** One commit: how many commands, and its seconds. */
  observeCommit(size: number, seconds: number): void {
    this.batchSize.observe(size);
    this.commitSeconds.observe(seconds);
  }
}
