import { rm } from 'node:fs/promises';
import { say } from '../output.ts';
import { installPackages } from '../setup.ts';
import { toDeployers, type Deployer } from './deploy/deployers.ts';
import { copyProject, toRequest } from './deploy/project.ts';
import { uploadRelease } from './deploy/release.ts';
import {
  phases,
  report,
  type Phase,
  type Result,
  type Results,
} from './deploy/report.ts';
import { startBenchAws, type BenchAws } from './localAws.ts';
import { measure } from './measure.ts';
import { compileOurs } from './ours.ts';

/**
 * Measures a create, a no-op and an update of the foundations stack, by our engine and by its peers, each
 * in a fresh process against the same local AWS. The update brings a release: it adds the resources that
 * need uploaded code. Each round has stacks of its own, and another order of the tools.
 */
export async function benchDeploy(options: { rounds?: number }): Promise<void> {
  const { rounds = 3 } = options;
  await installPackages();
  const project = await copyProject();
  const aws = await startBenchAws('deploy');
  try {
    const bench = {
      aws,
      project,
      upload: await compileOurs('upload/ours.ts'),
    };
    const deployers = await toDeployers({ project, env: aws.env });
    const results = Object.fromEntries(
      deployers.map(({ name }) => [name, { create: [], noop: [], update: [] }]),
    ) as unknown as Results;
    for (let round_ = 0; round_ < rounds; round_++) {
      say(`Round ${round_ + 1} of ${rounds}`);
      for (let i = 0; i < deployers.length; i++) {
        const deployer = deployers[(i + round_) % deployers.length];
        await deployOnce(bench, deployer, round_, results[deployer.name]);
      }
    }
    report(results);
  } finally {
    await aws.stop();
    await rm(project, { recursive: true, force: true });
  }
}

interface Bench {
  aws: BenchAws;
  /** Folder of the project that is deployed. */
  project: string;
  /** Script that uploads. */
  upload: string;
}

async function deployOnce(
  bench: Bench,
  deployer: Deployer,
  round_: number,
  results: Record<Phase, Result[]>,
): Promise<void> {
  const { aws, project } = bench;
  const request = await toRequest(project, `bench-${deployer.short}${round_}`);
  await deployer.prepare?.(request);
  for (const phase of phases) {
    if (phase === 'update') {
      request.parameters.ReleasePrefix = await uploadRelease({
        project,
        upload: bench.upload,
        env: aws.env,
        parameters: request.parameters,
      });
    }
    const command = await deployer.deploy(request);
    await deployer.settle?.();
    aws.proxy.takeCounts();
    const measured = await measure({
      name: `bench deploy ${deployer.name} ${phase}`,
      env: aws.env,
      ...command,
    });
    const counts = aws.proxy.takeCounts();
    const calls = [...counts.values()].reduce((sum, count) => sum + count, 0);
    results[phase].push({ ...measured, calls });
    say(
      `${deployer.name} ${phase}: ${measured.seconds.toFixed(
        2,
      )} s, ${calls} calls (${[...counts]
        .map(([operation, count]) => `${operation} ${count}`)
        .join(', ')})`,
    );
  }
}
