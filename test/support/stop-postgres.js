import { rm } from 'node:fs/promises';

/** Stops the server of start-postgres.js and deletes its files. */
export default async function stopPostgres() {
  await globalThis.testPostgres?.stop();
  if (globalThis.testPostgresFolder) await rm(globalThis.testPostgresFolder, { recursive: true, force: true });
}
