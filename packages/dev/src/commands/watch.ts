import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say, sayDone } from '../output.ts';
import { root, yarn } from '../paths.ts';
import { runForCode } from '../processes.ts';
import { installPackages } from '../setup.ts';
import type { PartName } from '../test/partNames.ts';
import { findTouched } from '../watch/findTouched.ts';
import { listChanges, takeSnapshot } from '../watch/snapshot.ts';
import { readWorkspaces } from '../watch/workspaces.ts';

/** Runs the tests that a change touches, after each change, until Ctrl-C. */
export async function watch(): Promise<void> {
  await installPackages();
  let tested = await takeSnapshot();
  say('Waiting for changes (Ctrl-C ends)');
  for (;;) {
    await sleep(500);
    const now = await takeSnapshot();
    const changes = listChanges(tested, now);
    // An editor writes several files at a time: tests start once nothing changes any more.
    if (changes.length === 0 || listChanges(now, await settle()).length > 0) {
      continue;
    }
    tested = now;
    await testChanges(changes);
    say('Waiting for changes (Ctrl-C ends)');
  }
}

async function settle() {
  await sleep(300);
  return takeSnapshot();
}

async function testChanges(changes: string[]): Promise<void> {
  const { files, parts, slowParts } = findTouched(
    changes,
    await readWorkspaces(),
  );
  say(
    `Changed: ${changes.slice(0, 5).join(', ')}${
      changes.length > 5 ? ', …' : ''
    }`,
  );
  if (files.length > 0) await testRelated(files);
  for (const part of parts) await testPart(part);
  for (const part of slowParts)
    say(`Touched, not run here: ./dev test ${part}`);
  if (files.length + parts.length + slowParts.length === 0) {
    sayDone('No tests are touched');
  }
}

async function testRelated(files: string[]): Promise<void> {
  await runForCode({
    name: 'watch unit',
    command: process.execPath,
    args: [
      yarn,
      'backstage-cli',
      'repo',
      'test',
      '--passWithNoTests',
      '--findRelatedTests',
      ...files.map(path => join(root, path)),
    ],
    env: { ...process.env, CI: 'true' },
    inherit: true,
  });
}

/** Runs a part in a process of its own, since a part installs and starts things once a process. */
async function testPart(part: PartName): Promise<void> {
  await runForCode({
    name: `watch ${part}`,
    command: join(root, 'dev'),
    args: ['test', part],
    inherit: true,
  });
}
