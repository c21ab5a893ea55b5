import { availableParallelism } from 'node:os';
import { say, sayDone, UserError } from '../output.ts';
import { atLowPriority, logPath, tails } from '../processes.ts';
import { runSideBySide } from '../sideBySide.ts';
import type { Part } from './part.ts';
import { partNames, type PartName } from './partNames.ts';
import { emptyReport, type Report } from './reports/report.ts';

/** One part's result. */
export interface PartResult {
  name: PartName;
  report: Report;
  /** Wall time, with the wait for its installation and servers. */
  seconds: number;
}

/**
 * Runs parts side by side, as far as the machine has cores and they share no servers. Meanwhile, what the later
 * ones need is installed at low priority, and the servers of the next one start.
 *
 * @param packages - settled once the packages of Node.js are installed, which every part needs
 * @returns the results in the order of the parts
 */
export async function runParts(
  names: readonly PartName[],
  parts: Record<PartName, Part>,
  { packages = Promise.resolve(), cores = availableParallelism() } = {},
): Promise<PartResult[]> {
  const waiting = withNeeds(names, parts);
  const installed = installInTurn(waiting, parts);
  await packages;
  const results = new Map<PartName, PartResult>();
  const tasks = waiting.map(name => ({
    name,
    cores: parts[name].cores,
    after: parts[name].needs,
    holds: parts[name].start && 'servers',
    async run() {
      waiting.splice(waiting.indexOf(name), 1);
      const result = await runPart(name, parts[name], async () => {
        await installed.get(name);
        await parts[name].start?.();
        startInBackground(parts[waiting[0]]);
      });
      results.set(name, result);
      await announce(result);
    },
  }));
  await runSideBySide(tasks, cores);
  return partNames.flatMap(name => results.get(name) ?? []);
}

/** Adds the parts that others need, each before those that need it. */
function withNeeds(
  names: readonly PartName[],
  parts: Record<PartName, Part>,
): PartName[] {
  const wanted = new Set(
    names.flatMap(name => [name, ...(parts[name].needs ?? [])]),
  );
  return partNames.filter(name => wanted.has(name));
}

/** Installs what each part needs, in the order of the parts. @returns one promise a part, none of them unhandled */
function installInTurn(
  names: readonly PartName[],
  parts: Record<PartName, Part>,
): Map<PartName, Promise<unknown>> {
  let last: Promise<unknown> = Promise.resolve();
  return new Map(
    names.map((name, i) => {
      const install = async () => parts[name].install?.();
      last = last
        .catch(() => {})
        .then(() => (i === 0 ? install() : atLowPriority(install)));
      last.catch(() => {});
      return [name, last];
    }),
  );
}

/** Starts a part's servers without waiting; the part itself waits for them, and reports a failure. */
function startInBackground(part: Part | undefined): void {
  void part?.start?.().catch(() => {});
}

/** A part that could not run, or ran no test, counts as one failure. */
async function runPart(
  name: PartName,
  part: Part,
  prepare: () => Promise<void>,
): Promise<PartResult> {
  const beginning = Date.now();
  say(`Tests: ${name}`);
  const report = await prepare()
    .then(() => part.run())
    .catch((error: Error) => {
      const reason = error instanceof UserError ? error.message : error.stack;
      console.error(`✘ ${name}: ${reason}`);
      return failedReport(`${name}: ${reason?.split('\n')[0]}`);
    });
  return {
    name,
    report:
      report.passed + report.failed > 0
        ? report
        : failedReport(`${name}: no test ran`),
    seconds: (Date.now() - beginning) / 1000,
  };
}

const failedReport = (failure: string): Report => ({
  ...emptyReport,
  failed: 1,
  failures: [failure],
});

async function announce({ name, report, seconds }: PartResult): Promise<void> {
  const line = `${name}: ${report.passed} passed, ${
    report.failed
  } failed in ${seconds.toFixed(1)} s`;
  if (report.failed === 0) {
    sayDone(line);
  } else {
    console.error(
      `${await tails(`tests ${name}`)}\n✘ ${line} (${logPath(
        `tests ${name}`,
      )})`,
    );
  }
}
