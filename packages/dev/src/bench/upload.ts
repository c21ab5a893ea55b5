import { rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { say } from '../output.ts';
import { local } from '../paths.ts';
import { installPackages } from '../setup.ts';
import { startBenchAws, type BenchAws } from './localAws.ts';
import { measure, type Measured } from './measure.ts';
import { toTable } from '../table.ts';
import { median, ratio, round, spread } from './summary.ts';
import { createBucket, readObject } from './upload/bucket.ts';
import { editSameSize, makeTree, type Tree } from './upload/tree.ts';
import { toUploaders, type Uploader } from './upload/uploaders.ts';

const phases = ['first', 'unchanged', 'touched', 'edited'] as const;
type Phase = (typeof phases)[number];
type Result = Measured & { requests: number };

interface Results {
  phases: Record<Phase, Result[]>;
  /** Number of edits that arrived, by round. */
  edits: number[];
}

const bucket = 'bench-upload';
const roundTripMs = 20;

/**
 * Measures uploads of 500 small files and one of 20 MiB across a latency, by ours and by its peers, each in a
 * fresh process: to an empty prefix; again; with new times and the same contents; and with five files that
 * have new contents, but the same sizes and times.
 */
export async function benchUpload(options: { rounds?: number }): Promise<void> {
  const { rounds = 3 } = options;
  await installPackages();
  const uploaders = await toUploaders();
  const aws = await startBenchAws('upload', { roundTripMs });
  const folder = join(local, 'bench/tree');
  try {
    await createBucket(aws.env, bucket);
    const results = new Map<Uploader, Results>(
      uploaders.map(uploader => [
        uploader,
        {
          phases: { first: [], unchanged: [], touched: [], edited: [] },
          edits: [],
        },
      ]),
    );
    for (let number = 0; number < rounds; number++) {
      say(`Round ${number + 1} of ${rounds}`);
      const order = uploaders.map(
        (_, i) => uploaders[(i + number) % uploaders.length],
      );
      await runRound({ aws, order, number, folder, results });
    }
    report(results);
  } finally {
    await aws.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs each phase for all tools before the next one, since they share the folder. */
async function runRound(options: {
  aws: BenchAws;
  order: Uploader[];
  number: number;
  folder: string;
  results: Map<Uploader, Results>;
}): Promise<void> {
  const { aws, order, number, folder, results } = options;
  const tree = await makeTree(folder, number);
  let edited: string[] = [];
  const change: Record<Phase, () => Promise<void>> = {
    first: async () => {},
    unchanged: async () => {},
    touched: () => touch(tree),
    edited: async () => {
      edited = await editSameSize(tree, 5);
    },
  };
  for (const phase of phases) {
    await change[phase]();
    for (const uploader of order) {
      const prefix = `round${number}/${uploader.name}/`;
      aws.proxy.takeCounts();
      const measured = await measure({
        name: `bench upload ${uploader.name} ${phase}`,
        env: aws.env,
        ...uploader.upload({ folder, bucket, prefix }),
      });
      const counts = [...aws.proxy.takeCounts()];
      const requests = counts.reduce((sum, [, count]) => sum + count, 0);
      results.get(uploader)!.phases[phase].push({ ...measured, requests });
      say(
        `${uploader.name} ${phase}: ${measured.seconds.toFixed(
          2,
        )} s, ${requests} requests (${counts
          .map(([operation, count]) => `${operation} ${count}`)
          .join(', ')})`,
      );
    }
  }
  for (const uploader of order) {
    const prefix = `round${number}/${uploader.name}/`;
    let arrived = 0;
    for (const path of edited) {
      const object = await readObject(aws.env, bucket, prefix + path);
      if (object.equals(tree.files.get(path)!)) arrived++;
    }
    results.get(uploader)!.edits.push(arrived);
  }
}

/** Sets the times of all files later than those of the objects, which are in whole seconds. */
async function touch({ folder, files }: Tree): Promise<void> {
  await sleep(1_100);
  const now = new Date();
  for (const path of files.keys()) await utimes(join(folder, path), now, now);
}

function report(results: Map<Uploader, Results>): void {
  const all = [...results];
  const [, ours] = all[0];
  for (const phase of phases) {
    const secondsOf = (of: Results) => of.phases[phase].map(r => r.seconds);
    console.log(
      `${toTable([
        [phase, 'seconds', 'to ours', 'CPU seconds', 'requests', 'peak MiB'],
        ...all.map(([{ name }, result]) => {
          const of = (key: keyof Result) =>
            result.phases[phase].map(measured => measured[key]);
          return [
            name,
            spread(of('seconds')),
            ratio(median(of('seconds')), median(secondsOf(ours))),
            spread(of('cpuSeconds')),
            spread(of('requests'), 0),
            spread(of('peakMiB'), 0),
          ];
        }),
      ])}\n`,
    );
  }
  console.log(
    `${toTable([
      ['five same-size edits', 'arrived'],
      ...all.map(([{ name }, { edits }]) => [name, spread(edits, 0)]),
    ])}\n`,
  );

  /** null: the tool could not be installed. */
  const each = (value: (of: Results) => number) =>
    Object.fromEntries(
      [
        ['s5cmd', null] as const,
        ...all.map(([{ name }, of]) => [name, value(of)] as const),
      ].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b)),
    );
  const order = ['ours', 'awsS3Sync', 's5cmd'];
  const seconds = (phase: Phase) =>
    each(of => round(median(of.phases[phase].map(r => r.seconds))));
  console.log(
    JSON.stringify({
      first: seconds('first'),
      unchanged: seconds('unchanged'),
      touched: seconds('touched'),
      sameSizeEdits: each(of => Math.min(...of.edits)),
      requests: each(of =>
        phases.reduce(
          (sum, phase) => sum + median(of.phases[phase].map(r => r.requests)),
          0,
        ),
      ),
    }),
  );
}
