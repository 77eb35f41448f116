import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';

const BENCH_IDENTITY_KEY = '0f'.repeat(32);
const START_LIMIT_MS = 60_000;

/** Environment of every bank that the benchmark opens, in this process or another one. */
export function bankEnvironment(file: string): Record<string, string> {
  return { DATABASE_FILE: file, IDENTITY_KEY: BENCH_IDENTITY_KEY, LOG_LEVEL: 'warn' };
}

/** A server in a process of its own, on a port of its own. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly port: number,
  ) {}

  /** The bank as an operator starts it: `node dist/main.js`. Options such as `--cpu-prof` go in BENCH_NODE_OPTIONS. */
  static startBank(file: string): Promise<ServerProcess> {
    const options = (process.env['BENCH_NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
    return ServerProcess.start([...options, process.env['BENCH_MAIN'] ?? 'dist/main.js'], bankEnvironment(file));
  }

  /** Starts a script; resolves when it listens on `PORT`. */
  static async start(script: string[], environment: Record<string, string>): Promise<ServerProcess> {
    const port = await freePort();
    const child = spawn(process.execPath, script, {
      env: { ...process.env, NODE_OPTIONS: '', PORT: String(port), ...environment },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const startedAt = Date.now();
    while (!(await listens(port))) {
      if (child.exitCode !== null) throw new Error(`${script.join(' ')} ended with ${child.exitCode}`);
      if (Date.now() - startedAt > START_LIMIT_MS) throw new Error(`${script.join(' ')} does not listen`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return new ServerProcess(child, port);
  }

  /** Seconds on a core since the start, all threads; NaN where the system does not say. Hundredths of a second. */
  cpuSeconds(): number {
    try {
      const fields = readFileSync(`/proc/${this.child.pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    } catch {
      return NaN;
    }
  }

  /** Largest memory so far, MiB; NaN where the system does not say. */
  peakMemoryMib(): number {
    try {
      const status = readFileSync(`/proc/${this.child.pid}/status`, 'utf8');
      return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) / 1024;
    } catch {
      return NaN;
    }
  }

  /** Ends it as an operator would and waits until it is gone. */
  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
