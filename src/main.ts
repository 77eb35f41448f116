import { startBank } from './start-bank.js';
import { describeFailure } from './cli/failure-words.js';
import { readConfig } from './platform/config/config.js';

try {
  await startBank(readConfig(process.env));
} catch (error) {
  const failure = describeFailure(error);
  if (!failure) throw error;
  failure.lines.forEach((line) => console.error(line));
  process.exitCode = failure.exitCode;
}
