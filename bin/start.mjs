import { ensureBuilt, ensureInstalled, requireNode } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { register } = await import('tsx/esm/api');
register();
const { main } = await import('../server/main.ts');
await main();
