import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Program } from '../support/child-process.js';

describe('the service as a process', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bank-process-'));
  const environment = { DATABASE_FILE: join(folder, 'bank.sqlite'), PORT: '0' };
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('makes a bank on first start, shows the administrator key once, and drains on SIGTERM', async () => {
    const first = new Program('dist/main.js', [], environment);
    const [, address] = await first.printed(/listening at (http:[^"]+)"/);
    const [key] = await first.printed(/cbk_[0-9a-f]{32}_[\w-]{43}/);
    const metrics = await fetch(`${address}/metrics`, { headers: { Authorization: `Bearer ${key}` } });
    expect(metrics.status).toBe(200);
    const units = fetch(`${address}/api/v1/units`, { headers: { Authorization: `Bearer ${key}` } });
    expect((await units).status).toBe(200);
    const started = Date.now();
    expect(await first.end('SIGTERM')).not.toBe(1);
    expect(Date.now() - started).toBeLessThan(10_000);

    const second = new Program('dist/main.js', [], environment);
    await second.printed(/listening at/);
    await second.end('SIGTERM');
    expect(second.output).not.toContain('cbk_');
  });

  it('names every mistake of the configuration at once and starts nothing', async () => {
    const wrong = new Program('dist/main.js', [], { PORT: 'door', LOG_LEVEL: 'loud', DATABASE_URL: 'mysql://x' });
    expect(await wrong.end()).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL', 'DATABASE_URL', 'IDENTITY_KEY']) {
      expect(wrong.output).toMatch(new RegExp(`${name}: .*Example: ${name}=`));
    }
    expect(wrong.output).not.toContain('mysql://x');
  });

  it('logs requests by route and never by address', async () => {
    const bank = new Program('dist/main.js', [], { ...environment, LOG_LEVEL: 'info' });
    const [, address] = await bank.printed(/listening at (http:[^"]+)"/);
    await fetch(`${address}/api/v1/cards/140106000000019`, { headers: { Authorization: 'Bearer nothing' } });
    await bank.printed(/"route":"\/api\/v1\/cards\/:cardNumber"/);
    await bank.end('SIGTERM');
    expect(bank.output).not.toContain('140106000000019');
    expect(bank.output).not.toContain('Bearer');
  });
});

describe('the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'bank-demo-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('tells the whole story of the demo, verifies the book and serves it', async () => {
    const demo = new Program('dist/cli.js', ['demo'], { PORT: '0', DATABASE_FILE: join(folder, 'bank.sqlite') });
    const [, home] = await demo.printed(/Serving at (http:\/\/localhost:\d+)/);
    const [, serial] = await demo.printed(/\/verify\/(C\w{13})/);
    const [, learnerKey, learnerId] = await demo.printed(/Bearer (cbk_\S+)" \S+\/learners\/([0-9a-f-]{36})\/balance/);
    expect(demo.output).toContain('The book is sound');
    expect(demo.output).toContain('posted 1920');
    const page = await fetch(`${home}/verify/${serial}`);
    expect(page.status).toBe(200);
    const balance = await fetch(`${home}/api/v1/learners/${learnerId}/balance`, {
      headers: { Authorization: `Bearer ${learnerKey}` },
    });
    expect(await balance.json()).toMatchObject({ learnerId, version: 13 });
    await demo.end('SIGTERM');
  });
});
