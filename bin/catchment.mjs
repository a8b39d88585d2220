import { ensureInstalled, requireNode } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
const { register } = await import('tsx/esm/api');
register();
const { runCli } = await import('../geodata/cli.ts');
process.exitCode = await runCli(process.argv.slice(2));
