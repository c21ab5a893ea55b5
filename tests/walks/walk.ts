import * as fc from 'fast-check';
import { bystander, commands, project, World } from './commands';
import { Lake } from './lake';
import { listOf, newModel } from './model';

/**
 * Walks through the life of environments in random orders, each in an empty account beside another project, and checks
 * after every step that it ended as it said it would, that all of the environment that is left is listed by name and
 * meaning, and that nothing of the other project has changed.
 *
 * @param walks - number of them; `WALK_SEED` and `WALK_PATH` walk one again that has failed
 */
export async function walk(walks: number): Promise<void> {
  const { WALK_SEED, WALK_PATH } = process.env;
  await fc.assert(
    fc.asyncProperty(fc.commands(commands, { maxCommands: 10 }), async way => {
      const world = await makeWorld();
      try {
        await fc.asyncModelRun(() => ({ model: newModel(), real: world }), way);
      } finally {
        await world.lake.close();
      }
    }),
    {
      numRuns: walks,
      endOnFailure: true,
      ...(WALK_SEED && { seed: Number(WALK_SEED), path: WALK_PATH }),
    },
  );
}

async function makeWorld(): Promise<World> {
  const lake = await Lake.make(project);
  await lake.addProject(bystander);
  await lake.deploy(bystander, 'demo');
  await lake.run(bystander, 'demo');
  return {
    lake,
    whole: new Map(),
    beside: listOf(await lake.list(), bystander, 'demo'),
    besideDags: await lake.listDags(),
  };
}
