import { existsSync } from 'node:fs';
import { localAwsClient, localEnvironment } from '../../environment.ts';
import { fail } from '../../output.ts';
import { yarn } from '../../paths.ts';
import { runForCode } from '../../processes.ts';
import type { Part } from '../part.ts';
import { reportPath } from '../reports/file.ts';
import { readPlaywrightReport } from '../reports/playwright.ts';
import { startServers } from '../servers.ts';

/** The main job in a browser. */
export const e2e: Part = {
  cores: 2,
  start: startServers,
  async run() {
    await runForCode({
      name: 'tests e2e',
      command: process.execPath,
      args: [yarn, 'workspace', 'tests', 'playwright', 'test'],
      env: {
        ...localEnvironment(),
        ...localAwsClient,
        CHROMIUM: findChromium(),
        PLAYWRIGHT_JSON_OUTPUT_NAME: reportPath('e2e.json'),
      },
    });
    return readPlaywrightReport(reportPath('e2e.json'));
  },
};

/** Finds an installed browser. @throws UserError that says how to install one */
function findChromium(): string {
  const found = [
    process.env.CHROMIUM,
    '/usr/bin/chromium',
    '/usr/bin/chromium-browser',
    '/usr/bin/google-chrome',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find(path => path && existsSync(path));
  return (
    found ??
    fail(
      'No Chromium or Chrome was found: install one (on Debian: apt-get install chromium), or name it in CHROMIUM',
    )
  );
}
