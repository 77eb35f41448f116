import { createApp } from './create-app.js';
import { readConfig } from './platform/config/config.js';

const config = readConfig(process.env);
const app = await createApp(config);
app.enableShutdownHooks();
await app.listen(config.PORT, config.HOST);
