import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags } from './tests/support/chromium-flags.js';

/** What comes when it comes: a slow machine is no failure. */
const poll = { timeout: 20_000 };

const node = (name: string, seconds = 180, globalSetup: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    globalSetup,
    environment: 'node',
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: 300_000,
    expect: { poll },
  },
});

/** Faults are timed and end processes: no other file of tests may run beside. */
const oneByOne = (project: ReturnType<typeof node>) => ({
  ...project,
  test: { ...project.test, fileParallelism: false },
});

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      node('unit', 60),
      node('db', 180, ['tests/support/embedded-template.ts']),
      node('api'),
      node('cube', 240),
      node('e2e', 360),
      node('real', 600),
      oneByOne(node('faults', 900, ['tests/faults/support/embedded-template.ts'])),
      {
        extends: './vite.config.ts',
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
                args: [...chromiumFlags],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
