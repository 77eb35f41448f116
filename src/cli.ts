import { CommanderError } from 'commander';
import { describeCommands } from './cli/commands.js';
import { describeFailure } from './cli/failure-words.js';
import { Terminal } from './cli/terminal.js';
import { readConfig } from './platform/config/config.js';

let terminal: Terminal | undefined;
try {
  terminal = new Terminal(readConfig({ LOG_LEVEL: 'warn', ...process.env }), (line) => console.log(line));
  await describeCommands(terminal).parseAsync();
  process.exitCode = terminal.exitCode;
} catch (error) {
  process.exitCode = tell(error);
} finally {
  await terminal?.close();
}

/** Says what went wrong; the exit code. */
function tell(error: unknown): number {
  // Help was asked for, or no command was given.
  if (error instanceof CommanderError && /^commander\.help/.test(error.code)) return error.exitCode;
  const failure = describeFailure(error);
  if (!failure) throw error;
  failure.lines.forEach((line) => console.error(line));
  return failure.exitCode;
}
