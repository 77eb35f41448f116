import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from './create-app.js';
import { ApiKeys } from './platform/auth/api-keys.service.js';
import type { Config } from './platform/config/config.js';
import { Reader } from './platform/database/data-sources.js';
import { Metrics } from './platform/metrics/metrics.js';
import { Policies } from './policy/policy.port.js';

/** Starts the service on a bank of one's own: made and migrated on first start, with rules and one administrator. */
export async function startBank(config: Config): Promise<NestFastifyApplication> {
  const app = await createApp(config);
  app.enableShutdownHooks(['SIGTERM', 'SIGINT']);
  const adminKey = await prepareBank(app, config);
  app.get(Metrics).watchProcess();
  await app.listen(config.PORT, config.HOST);
  if (adminKey) {
    console.log(`\n管理员密钥（只显示这一次） Administrator key, shown this once:\n  ${adminKey}\n`);
  }
  return app;
}

/** Puts the configured rules in force when there are none, and makes the first administrator key; null when one exists. */
export async function prepareBank(app: NestFastifyApplication, config: Config): Promise<string | null> {
  const { sql } = app.get(Reader);
  const [rules] = await sql.rows('select policy_version from policy_version limit 1');
  if (!rules) await app.get(Policies).publishFile(config.POLICY_FILE);
  const [admin] = await sql.rows("select key_id from api_key where role = 'administrator' limit 1");
  if (admin) return null;
  return (await app.get(ApiKeys).issue({ role: 'administrator', label: 'first administrator' })).key;
}
