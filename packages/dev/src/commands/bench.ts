import { parseArgs } from 'node:util';
import { fail } from '../output.ts';

interface Benchmark {
  /** Whole numbers, by the name of their flag. */
  numbers: string[];
  load: () => Promise<(options: Record<string, number>) => Promise<void>>;
}

const benchmarks: Record<string, Benchmark> = {
  start: {
    numbers: [],
    load: async () => (await import('../bench/start.ts')).benchStart,
  },
  deploy: {
    numbers: ['rounds'],
    load: async () => (await import('../bench/deploy.ts')).benchDeploy,
  },
  upload: {
    numbers: ['rounds'],
    load: async () => (await import('../bench/upload.ts')).benchUpload,
  },
  data: {
    numbers: ['rows', 'rounds'],
    load: async () => (await import('../bench/data.ts')).benchData,
  },
};

/** Runs a benchmark, which prints tables and, last, one JSON line; see docs/benchmarks.md. */
export async function bench([name = '', ...args]: string[]): Promise<void> {
  const benchmark = benchmarks[name] as Benchmark | undefined;
  if (!benchmark) {
    fail(
      `Usage: ./dev bench NAME, where NAME is one of: ${Object.keys(
        benchmarks,
      ).join(', ')}`,
    );
  }
  const run = await benchmark.load();
  await run(readNumbers(name, benchmark.numbers, args));
}

function readNumbers(
  name: string,
  flags: string[],
  args: string[],
): Record<string, number> {
  try {
    const { values } = parseArgs({
      args,
      options: Object.fromEntries(
        flags.map(flag => [flag, { type: 'string' as const }]),
      ),
    });
    return Object.fromEntries(
      Object.entries(values).map(([flag, value]) => [flag, toCount(value!)]),
    );
  } catch (error) {
    const known = flags.map(flag => ` [--${flag} N]`).join('');
    return fail(
      `Usage: ./dev bench ${name}${known} (${(error as Error).message})`,
    );
  }
}

function toCount(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${text} is not a number`);
  return Number(text);
}
