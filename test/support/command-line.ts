import { describeCommands } from '../../src/cli/commands.js';
import { describeFailure } from '../../src/cli/failure-words.js';
import { Terminal } from '../../src/cli/terminal.js';
import { Refusal } from '../../src/kernel/refusal.js';
import { readConfig } from '../../src/platform/config/config.js';
import type { TestApp } from './app.js';

/** What a command left behind: its exit code, or the code of its refusal, and all it printed. */
export interface CommandResult {
  code: number | string;
  output: string;
}

/** Runs one command line in this process on an open bank, as src/cli.ts does. */
export async function runCommand(bank: TestApp, words: string[]): Promise<CommandResult> {
  const lines: string[] = [];
  const openBank = () => Promise.resolve(bank.app);
  const terminal = new Terminal(readConfig({}), (line) => lines.push(line), openBank);
  try {
    await describeCommands(terminal).parseAsync(words, { from: 'user' });
    return { code: terminal.exitCode, output: lines.join('\n') };
  } catch (error) {
    const failure = describeFailure(error);
    if (!failure) throw error;
    const code = error instanceof Refusal ? error.code : failure.exitCode;
    return { code, output: [...lines, ...failure.lines].join('\n') };
  }
}
