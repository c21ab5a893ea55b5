import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fail, say } from '../output.ts';
import { local, root } from '../paths.ts';
import { run } from '../processes.ts';
import { checkMachine } from '../setup.ts';
import { toTable } from '../table.ts';
import { median, ratio, round, spread } from './summary.ts';

const engines = ['ours', 'original', 'originalOurJvm', 'duckdb'] as const;
type Engine = (typeof engines)[number];

interface Taken {
  seconds: number;
  cpu_seconds: number;
  bytes_written: number;
}

/** The report of compare.py. */
interface Comparison {
  rows: number;
  runs: Record<
    Engine,
    { tables: Taken; statistics: Taken; bytes_stored: number }[]
  >;
  /** By question, then layout. */
  bytesRead: Record<
    'year' | 'film',
    Record<'ours' | 'original' | 'csv', number>
  >;
}

/**
 * Measures the way from raw ratings to the two marts, on the same files: our jobs as the local run starts
 * them, the original's approach with the default JVM and with ours, and DuckDB. Counts the bytes that a query
 * of the tables reads.
 */
export async function benchData(options: {
  rows?: number;
  rounds?: number;
}): Promise<void> {
  await checkMachine();
  if (!existsSync('/proc/self/io')) {
    fail(
      'The bytes of a process are counted by /proc/self/io: run this on Linux',
    );
  }
  const skeleton = join(root, 'skeleton');
  say("Installing the project's Spark");
  await run({
    name: 'skeleton setup',
    command: 'make',
    args: ['.venv/spark-classes.jsa'],
    cwd: skeleton,
  });
  const work = join(local, 'bench/data');
  await mkdir(work, { recursive: true });
  let last: Comparison | undefined;
  for (const rows of options.rows ? [options.rows] : [1_000_000, 10_000_000]) {
    say(`${rows} ratings`);
    last = await compare({ rows, rounds: options.rounds ?? 2, skeleton, work });
    report(last);
  }
  console.log(JSON.stringify(summarise(last!)));
}

async function compare(options: {
  rows: number;
  rounds: number;
  skeleton: string;
  work: string;
}): Promise<Comparison> {
  const { rows, rounds, skeleton, work } = options;
  const path = join(work, `report-${rows}.json`);
  await run({
    name: 'bench data',
    command: join(skeleton, '.venv/spark/bin/python'),
    args: [
      join(root, 'packages/dev/src/bench/data/compare.py'),
      ...['--rows', String(rows), '--rounds', String(rounds)],
      ...['--work', work, '--report', path],
    ],
    // The project's own code starts its jobs.
    env: {
      ...process.env,
      PYTHONPATH: ['local', 'jobs'].map(each => join(skeleton, each)).join(':'),
    },
    onLine: say,
  });
  return JSON.parse(await readFile(path, 'utf8')) as Comparison;
}

const total = ({ tables, statistics }: Comparison['runs'][Engine][number]) => ({
  seconds: tables.seconds + statistics.seconds,
  cpu_seconds: tables.cpu_seconds + statistics.cpu_seconds,
  bytes_written: tables.bytes_written + statistics.bytes_written,
});

const part = {
  total,
  tables: ({ tables }: Comparison['runs'][Engine][number]) => tables,
  statistics: ({ statistics }: Comparison['runs'][Engine][number]) =>
    statistics,
};

function report({ rows, runs, bytesRead }: Comparison): void {
  const mebibytes = (bytes: number) => bytes / 2 ** 20;
  for (const [name, of] of Object.entries(part)) {
    const seconds = (engine: Engine) => runs[engine].map(r => of(r).seconds);
    console.log(
      `${toTable([
        [
          `${name}, ${rows} ratings`,
          'seconds',
          'to ours',
          'CPU seconds',
          'MiB written',
          'MiB stored',
        ],
        ...engines.map(engine => [
          engine,
          spread(seconds(engine)),
          ratio(median(seconds(engine)), median(seconds('ours'))),
          spread(runs[engine].map(r => of(r).cpu_seconds)),
          spread(
            runs[engine].map(r => mebibytes(of(r).bytes_written)),
            1,
          ),
          name === 'total'
            ? mebibytes(runs[engine][0].bytes_stored).toFixed(1)
            : '',
        ]),
      ])}\n`,
    );
  }
  for (const [question, read] of Object.entries(bytesRead)) {
    console.log(
      `${toTable([
        [`one ${question}`, 'bytes read', 'of the CSV'],
        ...Object.entries(read).map(([layout, bytes]) => [
          layout,
          String(bytes),
          `${((bytes / read.csv) * 100).toFixed(2)} %`,
        ]),
      ])}\n`,
    );
  }
}

function summarise({ rows, runs, bytesRead }: Comparison) {
  const seconds = (name: 'total' | 'statistics') =>
    Object.fromEntries(
      engines.map(engine => [
        engine,
        round(median(runs[engine].map(r => part[name](r).seconds))),
      ]),
    );
  const read = ({ ours, csv }: Record<'ours' | 'csv', number>) => ({
    ours,
    csv,
  });
  return {
    rows,
    total: seconds('total'),
    statistics: seconds('statistics'),
    bytesRead: { year: read(bytesRead.year), film: read(bytesRead.film) },
  };
}
