import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { chromiumFlags } from './tests/support/chromium-flags.js';

const node = (name: string, seconds = 60, globalSetup: string[] = []) => ({
  extends: true as const,
  test: {
    name,
    globalSetup,
    environment: 'node',
    include: [`tests/${name}/**/*.test.ts`],
    testTimeout: seconds * 1000,
    hookTimeout: 120_000,
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
      node('unit', 20),
      node('db', 60, ['tests/support/embedded-template.ts']),
      node('api'),
      node('cube', 120),
      node('e2e', 180),
      node('real', 600),
      oneByOne(node('faults', 900, ['tests/faults/support/embedded-template.ts'])),
      {
        extends: './vite.config.ts',
        test: {
          name: 'browser',
          include: ['tests/browser/**/*.test.ts'],
          testTimeout: 30_000,
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
