import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, requireNode, root } from './lib/prepare.mjs';

requireNode();
ensureInstalled();

const bin = (name) => path.join(root, 'node_modules/.bin', name);
const checks = [
  ['format', bin('prettier'), ['--check', '--log-level=warn', '.']],
  ['lint', bin('eslint'), ['--max-warnings=0', '.']],
  ['types', bin('tsc'), ['-p', '.']],
  ['templates', bin('lit-analyzer'), ['--quiet', '--maxWarnings', '0', 'src']],
  [
    'import boundaries',
    bin('depcruise'),
    ['--config', '.dependency-cruiser.cjs', 'src', 'server', 'geodata', 'cube'],
  ],
];

const failed = [];
for (const [name, command, args] of checks) {
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  console.log(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(0)} s)`,
  );
  if (status !== 0) failed.push(name);
}
if (failed.length > 0) {
  console.error(`Checks failed: ${failed.join(', ')}`);
  process.exit(1);
}
