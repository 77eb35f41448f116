import type { Dialect } from '../../src/platform/database/columns.js';
import { newLocation } from './databases.js';
import { Seed } from './seed.js';

/** A seeded bank on either database, and how to end it. */
export async function seedOn(
  dialect: Dialect,
  environment: Record<string, string> = {},
): Promise<{ seed: Seed; stop: () => Promise<void> }> {
  if (dialect === 'sqlite') {
    const seed = await Seed.start(environment);
    return { seed, stop: () => seed.stop() };
  }
  const { location, remove } = await newLocation(dialect);
  const seed = await Seed.start({ ...environment, DATABASE_URL: location.databaseUrl! });
  const stop = async () => {
    await seed.stop();
    await remove();
  };
  return { seed, stop };
}
