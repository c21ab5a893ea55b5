import { cpus } from 'node:os';
import { say, sayDone, UserError } from '../output.ts';
import { atLowPriority, logPath, tails } from '../processes.ts';
import type { Part } from './part.ts';
import { partNames, type PartName } from './partNames.ts';
import { emptyReport, type Report } from './reports/report.ts';

/** One part's result. */
export interface PartResult {
  name: PartName;
  report: Report;
  /** Wall time, with the wait for its installation and servers. */
  seconds: number;
  /** Processor cores in use meanwhile, on average, by all processes of the machine. */
  busyCores: number;
}

/**
 * Runs parts one after the other. While one runs, what the later ones need is installed at low priority, and
 * the servers of the next one start.
 */
export async function runParts(
  names: readonly PartName[],
  parts: Record<PartName, Part>,
): Promise<PartResult[]> {
  const chosen = withNeeds(names, parts);
  const installed = installInTurn(chosen.map(name => parts[name]));
  const results: PartResult[] = [];
  for (const [i, name] of chosen.entries()) {
    const measure = startMeasure();
    say(`Tests: ${name}`);
    const next = parts[chosen[i + 1]] as Part | undefined;
    const report = await runPart(name, async () => {
      await installed[i];
      await parts[name].start?.();
      startInBackground(next);
      return parts[name].run();
    });
    const result = { name, report, ...measure() };
    results.push(result);
    await announce(result);
  }
  return results;
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
function installInTurn(parts: Part[]): Promise<unknown>[] {
  let last: Promise<unknown> = Promise.resolve();
  return parts.map((part, i) => {
    const install = async () => part.install?.();
    last = last
      .catch(() => {})
      .then(() => (i === 0 ? install() : atLowPriority(install)));
    last.catch(() => {});
    return last;
  });
}

/** Starts a part's servers without waiting; the part itself waits for them, and reports a failure. */
function startInBackground(part: Part | undefined): void {
  void part?.start?.().catch(() => {});
}

/** A part that could not run, or ran no test, counts as one failure. */
async function runPart(
  name: PartName,
  run: () => Promise<Report>,
): Promise<Report> {
  try {
    const report = await run();
    return report.passed + report.failed > 0
      ? report
      : failedReport(`${name}: no test ran`);
  } catch (error) {
    const reason =
      error instanceof UserError ? error.message : (error as Error).stack;
    console.error(`✘ ${name}: ${reason}`);
    return failedReport(`${name}: ${reason?.split('\n')[0]}`);
  }
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

/** Starts to measure wall time and the machine's load. */
function startMeasure(): () => Pick<PartResult, 'seconds' | 'busyCores'> {
  const start = Date.now();
  const busyBefore = busyMs();
  return () => ({
    seconds: (Date.now() - start) / 1000,
    busyCores: (busyMs() - busyBefore) / Math.max(1, Date.now() - start),
  });
}

function busyMs(): number {
  return cpus().reduce(
    (sum, { times }) => sum + times.user + times.nice + times.sys + times.irq,
    0,
  );
}
