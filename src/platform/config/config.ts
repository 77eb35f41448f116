import 'reflect-metadata';
import { plainToInstance } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Matches, Max, Min, validateSync, ValidateIf } from 'class-validator';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'silent'] as const;

/** Everything an operator can set, by environment variable. Defaults run without any setup. */
export class Config {
  /** TCP port of the HTTP server. */
  @IsInt()
  @Min(0)
  @Max(65_535)
  PORT = 3000;

  /** Address it listens on; the default is this machine only. */
  @IsString()
  HOST = '127.0.0.1';

  /** PostgreSQL to use instead of the embedded file. */
  @IsOptional()
  @Matches(/^postgres(ql)?:\/\/\S+$/)
  DATABASE_URL?: string;

  /** The embedded SQLite file; made on first start. */
  @IsString()
  DATABASE_FILE = '.data/bank.sqlite';

  /** PostgreSQL connections of this process; also the number of lanes that commit at the same time, plus readers. */
  @IsInt()
  @Min(2)
  @Max(200)
  DATABASE_POOL = 10;

  /**
   * 32 bytes in hexadecimal that encrypt and index identity numbers. Without it the embedded bank keeps one in
   * `<DATABASE_FILE>.key`; with PostgreSQL it must be given, because every process needs the same.
   */
  @ValidateIf((config: Config) => config.IDENTITY_KEY !== undefined || config.DATABASE_URL !== undefined)
  @Matches(/^[0-9a-fA-F]{64}$/)
  IDENTITY_KEY?: string;

  /** Policy pack put in force when a new bank is created. */
  @IsString()
  POLICY_FILE = 'fixtures/policy/taiyuan-default.yaml';

  /** Address under which strangers reach this bank; printed on documents. */
  @Matches(/^https?:\/\/[^\s/]+$/)
  PUBLIC_URL = 'http://localhost:3000';

  @IsIn(LOG_LEVELS)
  LOG_LEVEL: (typeof LOG_LEVELS)[number] = 'info';

  /** Largest JSON body in bytes. */
  @IsInt()
  @Min(1_024)
  @Max(64 * 1024 * 1024)
  BODY_LIMIT = 1024 * 1024;

  /** Largest uploaded file in bytes. */
  @IsInt()
  @Min(1_024)
  @Max(256 * 1024 * 1024)
  UPLOAD_LIMIT = 16 * 1024 * 1024;

  /** Largest file of evidence in bytes; UPLOAD_LIMIT holds as well. */
  @IsInt()
  @Min(1_024)
  @Max(64 * 1024 * 1024)
  EVIDENCE_LIMIT = 5 * 1024 * 1024;

  /** Files of evidence one case may have. */
  @IsInt()
  @Min(1)
  @Max(100)
  EVIDENCE_FILES = 10;
}

const EXAMPLES: Record<keyof Config, string> = {
  PORT: '3000',
  HOST: '0.0.0.0',
  DATABASE_URL: 'postgres://bank:secret@localhost:5432/bank',
  DATABASE_FILE: '.data/bank.sqlite',
  DATABASE_POOL: '10',
  IDENTITY_KEY: 'the 64 characters that `openssl rand -hex 32` prints',
  POLICY_FILE: 'fixtures/policy/taiyuan-default.yaml',
  PUBLIC_URL: 'https://bank.example.cn',
  LOG_LEVEL: LOG_LEVELS.join(' | '),
  BODY_LIMIT: '1048576',
  UPLOAD_LIMIT: '16777216',
  EVIDENCE_LIMIT: '5242880',
  EVIDENCE_FILES: '10',
};

const NUMBERS = new Set<string>([
  'PORT',
  'DATABASE_POOL',
  'BODY_LIMIT',
  'UPLOAD_LIMIT',
  'EVIDENCE_LIMIT',
  'EVIDENCE_FILES',
]);

/** All mistakes of a configuration at once, each with the variable's name and an example. */
export class ConfigError extends Error {}

/** Reads and checks the configuration. Errors: `ConfigError` naming every wrong variable; values are never repeated. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const given = Object.entries(environment).filter(
    ([name, value]) => name in EXAMPLES && value !== undefined && value !== '',
  );
  const values = given.map(([name, value]) => [name, NUMBERS.has(name) ? Number(value) : value]);
  const config = plainToInstance(Config, Object.fromEntries(values));
  const mistakes = validateSync(config).map(({ property, constraints }) => {
    const rules = Object.values(constraints ?? {}).join('; ');
    return `  ${property}: ${rules}. Example: ${property}=${EXAMPLES[property as keyof Config]}`;
  });
  if (mistakes.length > 0) throw new ConfigError(`配置有误 The configuration is wrong:\n${mistakes.join('\n')}`);
  return config;
}
