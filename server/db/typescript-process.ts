import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const loader = createRequire(import.meta.url).resolve('tsx');

/** Arguments with which a Node.js process of ours runs TypeScript, from whichever folder it is started. */
export const typescriptArguments: readonly string[] = ['--import', pathToFileURL(loader).href];
