import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether missing Debian packages can be installed from here. */
export function isRootOnDebian() {
  return process.getuid?.() === 0 && existsSync('/etc/debian_version');
}

/** Installs Debian packages; a failure is told and left to the caller to notice. */
export function installDebian(packages) {
  console.log(`Installing ${packages.join(', ')} for the tests…`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (args) => spawnSync('apt-get', ['-qq', ...args], { env, encoding: 'utf8' });
  apt(['update']);
  const result = apt(['install', '-y', '--no-install-recommends', ...packages]);
  if (result.status !== 0) console.error(result.stderr);
}
