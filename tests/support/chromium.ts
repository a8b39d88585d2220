import { chromium, type Browser } from 'playwright';
import { chromiumFlags } from './chromium-flags.js';

/** A headless Chromium with software rendering, good enough for WebGL maps. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [...chromiumFlags],
  });
}
