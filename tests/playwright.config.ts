import { defineConfig } from '@playwright/test';

/** `./dev e2e` starts the servers under test, and sets CHROMIUM to a browser. */
export default defineConfig({
  testDir: 'e2e',
  timeout: 25 * 60_000,
  expect: { timeout: 60_000 },
  forbidOnly: true,
  workers: 1,
  // everything runs on two cores at once, so a test may fail once
  retries: 1,
  reporter: [['list'], ['json']],
  outputDir: '../.local/reports/e2e',
  use: {
    baseURL: 'http://127.0.0.1:7007',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
