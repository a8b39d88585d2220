import { existsSync } from 'node:fs';
import { installDebian, isRootOnDebian } from './debian.mjs';

const candidates = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Path of a Chromium to test with, or undefined where none is to be had. */
export function findChromium() {
  const found = () =>
    [process.env.CHROMIUM_PATH, ...candidates].find((file) => file && existsSync(file));
  const first = found();
  if (first || !isRootOnDebian()) return first;
  installDebian(['chromium']);
  return found();
}
