import { ensureInstalled, importProgram, requireNode } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
const { runCli } = await importProgram('geodata/cli');
process.exitCode = await runCli(process.argv.slice(2));
