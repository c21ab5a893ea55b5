import { say } from '../../output.ts';
import type { BenchAws } from '../localAws.ts';
import { measure } from '../measure.ts';
import { toDeployers, type Deployer, type StackRequest } from './deployers.ts';
import { phases, type Phase, type Result, type Results } from './phases.ts';
import { toRequest } from './project.ts';
import { uploadRelease } from './release.ts';

interface Bench {
  aws: BenchAws;
  /** Folder of the project that is deployed. */
  project: string;
  /** Script that uploads. */
  upload: string;
  rounds: number;
}

/** Measures each operation by each tool, in each round. */
export async function measureDeployers(bench: Bench): Promise<Results> {
  const { aws, project, rounds } = bench;
  const deployers = await toDeployers({ project, env: aws.env });
  const results = Object.fromEntries(
    deployers.map(({ name }) => [
      name,
      Object.fromEntries(phases.map(phase => [phase, []])),
    ]),
  ) as unknown as Results;
  for (let round_ = 0; round_ < rounds; round_++) {
    say(`Round ${round_ + 1} of ${rounds}`);
    for (let i = 0; i < deployers.length; i++) {
      const deployer = deployers[(i + round_) % deployers.length];
      await measureOne(bench, deployer, round_, results[deployer.name]);
    }
  }
  return results;
}

async function measureOne(
  bench: Bench,
  deployer: Deployer,
  round_: number,
  results: Record<Phase, Result[]>,
): Promise<void> {
  const { aws, project } = bench;
  const request = await toRequest(project, `bench-${deployer.short}${round_}`);
  await deployer.prepare?.(request);
  for (const phase of phases) {
    if (phase === 'update') await addRelease(bench, request);
    const command = await (phase === 'delete'
      ? deployer.delete(request)
      : deployer.deploy(request));
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

async function addRelease(bench: Bench, request: StackRequest): Promise<void> {
  request.parameters.ReleasePrefix = await uploadRelease({
    project: bench.project,
    upload: bench.upload,
    env: bench.aws.env,
    parameters: request.parameters,
  });
}
