import { rm } from 'node:fs/promises';
import { installPackages } from '../setup.ts';
import { likeAws } from './deploy/likeAws.ts';
import { measureDeployers } from './deploy/measureDeployers.ts';
import { copyProject } from './deploy/project.ts';
import { report } from './deploy/report.ts';
import { startBenchAws } from './localAws.ts';
import { compileOurs } from './ours.ts';

/**
 * Measures a create, a no-op, an update and a delete of the foundations stack, by our engine and by its peers, each
 * in a fresh process against the same local AWS: as fast as it is, and with the latency and the pace of AWS. The
 * update brings a release: it adds the resources that need uploaded code. Each round has stacks of its own, and
 * another order of the tools.
 */
export async function benchDeploy(options: { rounds?: number }): Promise<void> {
  const { rounds = 3 } = options;
  await installPackages();
  const project = await copyProject();
  try {
    const upload = await compileOurs('upload/ours.ts');
    const measureOn = async (
      name: string,
      rounds_: number,
      pace: Parameters<typeof startBenchAws>[1] = {},
    ) => {
      const aws = await startBenchAws(name, pace);
      try {
        return await measureDeployers({
          aws,
          project,
          upload,
          rounds: rounds_,
        });
      } finally {
        await aws.stop();
      }
    };
    report({
      local: await measureOn('deploy', rounds),
      likeAws: await measureOn(
        'deploy-like-aws',
        Math.min(rounds, likeAws.rounds),
        likeAws,
      ),
    });
  } finally {
    await rm(project, { recursive: true, force: true });
  }
}
