import { startBank } from './start-bank.js';
import { ConfigError, readConfig } from './platform/config/config.js';

try {
  await startBank(readConfig(process.env));
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
