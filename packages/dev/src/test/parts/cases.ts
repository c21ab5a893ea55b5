import { localEnvironment } from '../../environment.ts';
import { buildCli } from '../../setup.ts';
import { installAirflows, installSkeleton } from '../install.ts';
import { forTemplating, runJest } from '../jest.ts';
import type { Part } from '../part.ts';

/** The template, rendered with each case of its form. */
export const cases: Part = {
  cores: 1,
  async install() {
    await buildCli();
    await installSkeleton();
    await installAirflows();
  },
  run: () => runJest('cases', { ...localEnvironment(), ...forTemplating }),
};
