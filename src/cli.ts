import { parseArgs } from 'node:util';
import { runCommand } from './cli/commands.js';
import { Refusal } from './kernel/refusal.js';
import { ConfigError, readConfig } from './platform/config/config.js';
import { PolicyPackError } from './policy/policy.port.js';
import { toProblem } from './platform/problems/problem.js';

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: {
    provider: { type: 'string' },
    learner: { type: 'string' },
    role: { type: 'string' },
    label: { type: 'string' },
    out: { type: 'string' },
    key: { type: 'string' },
    comment: { type: 'string' },
    pack: { type: 'string' },
    through: { type: 'string' },
    days: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    csv: { type: 'boolean', default: false },
    after: { type: 'string' },
    'dry-run': { type: 'boolean', default: false },
  },
});

try {
  process.exitCode = await runCommand(positionals, values, readConfig({ LOG_LEVEL: 'warn', ...process.env }));
} catch (error) {
  if (error instanceof Refusal) {
    const { detail, detailEn, code, errors } = toProblem(error);
    console.error(`✗ ${detail} ${detailEn} (${code})`);
    for (const { pointer, detail: what } of errors ?? []) console.error(`  ${pointer}: ${what}`);
    process.exitCode = 1;
  } else if (error instanceof ConfigError || error instanceof PolicyPackError) {
    console.error(error.message);
    process.exitCode = 2;
  } else if ((error as { code?: string }).code === 'ENOENT') {
    console.error(`✗ 没有这个文件 No such file: ${(error as { path?: string }).path ?? ''}`);
    process.exitCode = 2;
  } else {
    throw error;
  }
}
