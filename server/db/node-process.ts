import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../project-root.js';

const runsSources = import.meta.filename.endsWith('.ts');

/** Arguments with which a Node.js process of ours runs TypeScript, from whichever folder it is started. */
export function typescriptArguments(): readonly string[] {
  const loader = createRequire(import.meta.url).resolve('tsx');
  return ['--import', pathToFileURL(loader).href];
}

export type NodeProcess = {
  readonly execArgv: readonly string[];
  readonly file: string;
};

/**
 * How to run one of our programs, named by its path in the project without the ending, in a process of its own:
 * from the bundle of `npm run build` where this process runs from it, else from its source.
 */
export function nodeProcess(program: string): NodeProcess {
  return runsSources
    ? { execArgv: typescriptArguments(), file: path.join(projectRoot, `${program}.ts`) }
    : {
        execArgv: ['--enable-source-maps'],
        file: path.join(projectRoot, 'dist-server', `${path.basename(program)}.js`),
      };
}
