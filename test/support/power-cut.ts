import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('../durability/power-cut.c', import.meta.url));

/** Files of a SQLite bank that outlive a power cut, by what follows the bank's name. */
const KEPT = ['', '-wal', '-journal'];

/** Smallest piece a disk writes whole. */
const SECTOR_BYTES = 512;

/** The library of power-cut.c, built with the machine's compiler, or why there is none. */
export function buildPowerCut(): { library: string } | { reason: string } {
  if (process.platform !== 'linux')
    return { reason: `a power cut is simulated with LD_PRELOAD, not on ${process.platform}` };
  const library = join(realpathSync(mkdtempSync(join(tmpdir(), 'power-cut-'))), 'power-cut.so');
  const failures: string[] = [];
  for (const compiler of [process.env['CC'] || 'cc', 'gcc', 'clang']) {
    const built = spawnSync(compiler, ['-shared', '-fPIC', '-O2', '-o', library, SOURCE, '-ldl'], { encoding: 'utf8' });
    if (built.status === 0) return { library };
    failures.push(`${compiler}: ${built.error?.message ?? built.stderr}`);
  }
  rmSync(dirname(library), { recursive: true });
  return { reason: `no C compiler made power-cut.c: ${failures.join('; ')}` };
}

/** A bank file on a disk whose sure content is known. The file lies alone in its folder. */
export class WatchedDisk {
  readonly file: string;

  constructor(
    databaseFile: string,
    private readonly library: string,
  ) {
    this.file = join(realpathSync(dirname(databaseFile)), basename(databaseFile));
  }

  /** What a process needs in its environment so that its syncs are seen. */
  get environment(): Record<string, string> {
    return { LD_PRELOAD: this.library, POWER_CUT_FOLDER: dirname(this.file) };
  }

  /** Everything that is in the folder now is on the disk: the machine has been up for long. */
  settle(): void {
    for (const kept of KEPT) {
      rmSync(`${this.file}${kept}.disk`, { force: true });
      if (existsSync(this.file + kept)) copyFileSync(this.file + kept, `${this.file}${kept}.disk`);
    }
  }

  /**
   * The power is cut and comes back: only what was synced is left, and with `isTorn` also any sectors of what was written
   * after that, chosen at random. The shared-memory file is not on the disk.
   */
  cutPower(isTorn: boolean): void {
    rmSync(`${this.file}-shm`, { force: true });
    for (const kept of KEPT) {
      const live = this.file + kept;
      const disk = `${live}.disk`;
      const sure = existsSync(disk) ? readFileSync(disk) : null;
      const written = existsSync(live) ? readFileSync(live) : null;
      rmSync(live, { force: true });
      if (sure !== null) writeFileSync(live, isTorn && written !== null ? tear(sure, written) : sure);
    }
  }
}

/** `sure` with about half of the sectors in which `written` differs. */
function tear(sure: Buffer, written: Buffer): Buffer {
  const torn = Buffer.alloc(Math.random() < 0.5 ? Math.max(sure.length, written.length) : sure.length);
  sure.copy(torn);
  for (let start = 0; start < Math.min(torn.length, written.length); start += SECTOR_BYTES) {
    if (Math.random() < 0.5) written.copy(torn, start, start, Math.min(start + SECTOR_BYTES, torn.length));
  }
  return torn;
}
