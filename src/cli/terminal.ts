import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApp } from '../create-app.js';
import type { Config } from '../platform/config/config.js';

/** What a command works with: where it prints, and the configured bank, opened only by the commands that need it. */
export class Terminal {
  /** 0 done, 1 done but something is not as it should be, 2 not understood. */
  exitCode = 0;
  private app: NestFastifyApplication | undefined;

  constructor(
    readonly config: Config,
    readonly print: (line: string) => void,
    private readonly openBank: (config: Config) => Promise<NestFastifyApplication> = createApp,
  ) {}

  /** The bank; the same at every call. */
  async bank(): Promise<NestFastifyApplication> {
    if (!this.app) {
      this.app = await this.openBank(this.config);
      await this.app.init();
    }
    return this.app;
  }

  /** Closes the bank if it was opened. */
  async close(): Promise<void> {
    await this.app?.close();
  }
}
