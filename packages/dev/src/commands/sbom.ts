import { sayDone, seconds } from '../output.ts';
import { sbomFolder, writeSboms } from '../packages/sbom.ts';
import { installPackages } from '../setup.ts';

/** `./dev sbom` */
export async function sbom(): Promise<void> {
  await installPackages();
  const start = Date.now();
  await writeSboms();
  sayDone(`Bills of materials in ${sbomFolder}, in ${seconds(start)}`);
}
