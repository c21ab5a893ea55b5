import { localEnvironment } from '../../environment.ts';
import { run, runForCode } from '../../processes.ts';
import type { Part } from '../part.ts';
import { reportPath } from '../reports/file.ts';
import { readJunitReport } from '../reports/junit.ts';

/** The tests of the local AWS. */
export const localAws: Part = {
  cores: 1,
  install: () =>
    run({
      name: 'local-aws install',
      command: 'python3',
      args: ['-m', 'local_aws', 'install'],
      env: localEnvironment(),
    }),
  async run() {
    await runForCode({
      name: 'tests local-aws',
      command: 'python3',
      args: [
        '-m',
        'local_aws',
        'test',
        `--junitxml=${reportPath('local-aws.xml')}`,
      ],
      env: localEnvironment(),
    });
    return readJunitReport(reportPath('local-aws.xml'));
  },
};
