import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export type ElementCounts = {
  readonly node: number;
  readonly way: number;
  readonly relation: number;
};

type DebianHelper = {
  isRootOnDebian(): boolean;
  installDebian(packages: readonly string[]): void;
};

/** Whether osmium-tool is there; installs it where that can be done without asking. */
export async function hasOsmium(): Promise<boolean> {
  const isThere = () => spawnSync('osmium', ['--version']).status === 0;
  if (isThere()) return true;
  // Plain JavaScript without types: the commands need it before anything is installed.
  const helper = new URL('../../bin/lib/debian.mjs', import.meta.url).href;
  const { isRootOnDebian, installDebian } = (await import(helper)) as DebianHelper;
  if (isRootOnDebian()) installDebian(['osmium-tool']);
  return isThere();
}

/**
 * Counts with osmium-tool the elements of an extract that match every one of the filters, each a list of
 * expressions of `osmium tags-filter`; a filter that begins with `not` takes away what matches.
 */
export function countWithOsmium(
  file: string,
  filters: readonly (readonly string[])[],
): ElementCounts {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'catchment-osmium-'));
  try {
    const last = filters.reduce((input, filter, index) => {
      const output = path.join(folder, `${index}.osm.pbf`);
      const [first, ...rest] = filter;
      const options = first === 'not' ? ['-i', '-R'] : ['-R'];
      const expressions = first === 'not' ? rest : filter;
      execFileSync('osmium', ['tags-filter', ...options, '-o', output, input, ...expressions], {
        stdio: 'pipe',
      });
      return output;
    }, file);
    // One by one: the report as a whole fails where a file holds no nodes.
    const count = (kind: string) =>
      Number(execFileSync('osmium', ['fileinfo', '-e', '-g', `data.count.${kind}`, last]));
    return { node: count('nodes'), way: count('ways'), relation: count('relations') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
