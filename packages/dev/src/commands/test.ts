import { mkdir, rm } from 'node:fs/promises';
import { fail } from '../output.ts';
import { stopAll } from '../processes.ts';
import { checkMachine, installPackages } from '../setup.ts';
import { startMeasure } from '../test/measure.ts';
import { byNameOnly, partNames, type PartName } from '../test/partNames.ts';
import { parts } from '../test/parts.ts';
import { reportsFolder } from '../test/reports/file.ts';
import { sumReports } from '../test/reports/report.ts';
import { runParts } from '../test/runParts.ts';
import { summarize } from '../test/summary.ts';

/** Sets up everything and runs all tests but those of parts that run by name only, or the named parts. The last line is `N passed, N failed`. */
export async function test(args: string[]): Promise<void> {
  const names =
    args.length > 0
      ? args.map(parsePart)
      : partNames.filter(name => !byNameOnly.includes(name));
  const measure = startMeasure();
  await checkMachine();
  // Without reports of an earlier run, a part that wrote none fails.
  await rm(reportsFolder, { recursive: true, force: true });
  await mkdir(reportsFolder, { recursive: true });

  const results = await runParts(names, parts, { packages: installPackages() });
  await stopAll();
  console.error(`\n${summarize(results, measure())}\n`);
  const total = sumReports(results.map(({ report }) => report));
  process.exitCode = total.failed > 0 ? 1 : 0;
  console.log(`${total.passed} passed, ${total.failed} failed`);
}

function parsePart(text: string): PartName {
  return (
    partNames.find(name => name === text) ??
    fail(`There is no part ${text}; the parts are: ${partNames.join(', ')}`)
  );
}
