import { connect, type Socket } from 'node:net';

/*
 * A closed-loop load generator over bare sockets: as many requests in flight as there are connections, each connection
 * kept alive. Every answer's status and full length are read, every latency is kept, percentiles are exact. It parses no
 * more of HTTP than that, so that on two cores it leaves one to the server.
 */

/** One request to send. Everything is ASCII, so length in characters is length in bytes. */
export interface Request {
  method: 'GET' | 'POST';
  path: string;
  headers: string;
  body: string;
}

export interface LoadOptions {
  port: number;
  connections: number;
  /** How long answers count. */
  seconds: number;
  /** How long before that answers are only read. */
  warmUpSeconds?: number;
  /** Ends the load before its time after so many requests. */
  requests?: number;
  /** Every connection waits so long between an answer and its next request. */
  pauseMs?: number;
  expectStatus: number;
  next(): Request;
  /** Looks at the body of every answer; false counts as a failure. */
  accept?(body: string): boolean;
}

export interface LoadResult {
  /** Answers within the measured time. */
  requests: number;
  seconds: number;
  perSecond: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  /** All right answers, those of the warm-up and of the last moment included: what must be in the book. */
  acknowledged: number;
  /** Wrong answers by status; must be empty. */
  wrong: Record<string, number>;
  /** Part of the time the generator itself was on a core, 0…1. */
  clientShare: number;
}

const HEAD_END = Buffer.from('\r\n\r\n');

/** The text of a request as it goes over the wire. */
export function requestText({ method, path, headers, body }: Request): string {
  const length = method === 'POST' ? `content-length: ${body.length}\r\n` : '';
  return `${method} ${path} HTTP/1.1\r\nhost: bench\r\n${headers}${length}\r\n${body}`;
}

/** Reads one answer after the other from a keep-alive connection. */
class AnswerReader {
  private chunks: Buffer[] = [];
  private bodyLeft = -1;
  private status = 0;

  constructor(private readonly done: (status: number, body: Buffer[]) => void) {}

  read(chunk: Buffer): void {
    if (this.bodyLeft >= 0) {
      this.take(chunk);
      return;
    }
    const whole = this.chunks.length === 0 ? chunk : Buffer.concat([...this.chunks, chunk]);
    const end = whole.indexOf(HEAD_END);
    if (end < 0) {
      this.chunks = [whole];
      return;
    }
    const head = whole.toString('latin1', 0, end);
    const length = /\r\ncontent-length: (\d+)/i.exec(head);
    if (!length) throw new Error(`An answer without a length: ${head}`);
    this.status = Number(head.slice(9, 12));
    this.bodyLeft = Number(length[1]);
    this.chunks = [];
    this.take(whole.subarray(end + 4));
  }

  private take(chunk: Buffer): void {
    this.bodyLeft -= chunk.length;
    this.chunks.push(chunk);
    if (this.bodyLeft > 0) return;
    const body = this.chunks;
    this.bodyLeft = -1;
    this.chunks = [];
    this.done(this.status, body);
  }
}

/** Sends requests until the time is over and says how they were answered. Errors: a connection that breaks. */
export async function runLoad(options: LoadOptions): Promise<LoadResult> {
  const { connections, seconds, warmUpSeconds = 0 } = options;
  const latencies: number[] = [];
  const wrong: Record<string, number> = {};
  let acknowledged = 0;
  let sent = 0;
  const startsAt = performance.now() + warmUpSeconds * 1000;
  const endsAt = startsAt + seconds * 1000;
  let lastAt = startsAt;
  let cpuAtStart: NodeJS.CpuUsage | undefined;

  const converse = () =>
    new Promise<void>((resolve, reject) => {
      const socket: Socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
      let sentAt = 0;
      const send = () => {
        const now = performance.now();
        if (now >= endsAt || sent >= (options.requests ?? Infinity)) {
          socket.end();
          resolve();
          return;
        }
        sent += 1;
        sentAt = now;
        socket.write(requestText(options.next()), 'latin1');
      };
      const reader = new AnswerReader((status, body) => {
        const now = performance.now();
        if (now >= startsAt && now <= endsAt) {
          cpuAtStart ??= process.cpuUsage();
          latencies.push(now - sentAt);
          lastAt = now;
        }
        const isRight =
          status === options.expectStatus && (!options.accept || options.accept(Buffer.concat(body).toString('utf8')));
        if (isRight) acknowledged += 1;
        else {
          wrong[status] = (wrong[status] ?? 0) + 1;
          if (wrong[status] === 1)
            console.error(`  answered ${status}: ${Buffer.concat(body).toString().slice(0, 300)}`);
        }
        if (options.pauseMs) setTimeout(send, options.pauseMs);
        else send();
      });
      socket.on('data', (chunk) => reader.read(chunk));
      socket.once('connect', send);
      socket.once('error', reject);
      socket.once('close', () => resolve());
    });
  await Promise.all(Array.from({ length: connections }, converse));

  const measured = options.requests ? (lastAt - startsAt) / 1000 : seconds;
  const cpu = process.cpuUsage(cpuAtStart);
  const sorted = Float64Array.from(latencies).sort();
  return {
    requests: sorted.length,
    seconds: measured,
    perSecond: sorted.length / measured,
    p50Ms: percentile(sorted, 0.5),
    p99Ms: percentile(sorted, 0.99),
    maxMs: sorted.at(-1) ?? NaN,
    acknowledged,
    wrong,
    clientShare: (cpu.user + cpu.system) / 1e6 / measured,
  };
}

/** Nearest-rank percentile of sorted numbers. */
export function percentile(sorted: Float64Array, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** Several measures of the same load as one. Percentiles are medians of the parts. */
export function joinLoads(parts: LoadResult[]): LoadResult {
  const sum = (of: (part: LoadResult) => number) => parts.reduce((total, part) => total + of(part), 0);
  const seconds = sum((part) => part.seconds);
  const requests = sum((part) => part.requests);
  const wrong: Record<string, number> = {};
  for (const part of parts)
    for (const [status, count] of Object.entries(part.wrong)) wrong[status] = (wrong[status] ?? 0) + count;
  return {
    requests,
    seconds,
    perSecond: requests / seconds,
    p50Ms: median(parts.map((part) => part.p50Ms)),
    p99Ms: median(parts.map((part) => part.p99Ms)),
    maxMs: Math.max(...parts.map((part) => part.maxMs)),
    acknowledged: sum((part) => part.acknowledged),
    wrong,
    clientShare: sum((part) => part.clientShare * part.seconds) / seconds,
  };
}

/** The middle one; of an even number the lower of the two. */
export function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? NaN;
}
