import { ensureBuilt, ensureInstalled, importProgram, requireNode } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
ensureBuilt();
const { main } = await importProgram('server/main');
await main();
