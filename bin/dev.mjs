import { spawn } from 'node:child_process';
import path from 'node:path';
import { ensureInstalled, requireNode, root } from './lib/prepare.mjs';

requireNode();
ensureInstalled();
const script = (file) => path.join(root, 'node_modules', file);
const children = [
  spawn(
    process.execPath,
    [script('tsx/dist/cli.mjs'), 'watch', '--clear-screen=false', 'server/run.ts'],
    { cwd: root, stdio: 'inherit' },
  ),
  spawn(process.execPath, [script('vite/bin/vite.js')], { cwd: root, stdio: 'inherit' }),
];
const stop = () => children.forEach((child) => child.kill('SIGTERM'));
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
for (const child of children) child.once('exit', stop);
