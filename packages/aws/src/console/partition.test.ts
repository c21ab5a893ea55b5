import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { consoleUrl } from './console';
import { toConsoleHost, toDnsSuffix, toPartition } from './partition';

describe('a region', () => {
  it.each([
    ['eu-central-1', 'aws', 'amazonaws.com', 'aws.amazon.com'],
    ['mx-central-1', 'aws', 'amazonaws.com', 'aws.amazon.com'],
    ['cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'amazonaws.cn'],
    ['us-gov-west-1', 'aws-us-gov', 'amazonaws.com', 'amazonaws-us-gov.com'],
    ['us-iso-east-1', 'aws-iso', 'c2s.ic.gov', 'c2shome.ic.gov'],
    ['us-isob-east-1', 'aws-iso-b', 'sc2s.sgov.gov', 'sc2shome.sgov.gov'],
    ['eu-isoe-west-1', 'aws-iso-e', 'cloud.adc-e.uk', 'csphome.adc-e.uk'],
    ['us-isof-south-1', 'aws-iso-f', 'csp.hci.ic.gov', 'csphome.hci.ic.gov'],
    ['eusc-de-east-1', 'aws-eusc', 'amazonaws.eu', 'amazonaws-eusc.eu'],
  ])('%s is of %s', (region, name, suffix, domain) => {
    expect(toPartition(region)).toBe(name);
    expect(toDnsSuffix(region)).toBe(suffix);
    expect(toConsoleHost(region)).toBe(`${region}.console.${domain}`);
    const url = consoleUrl({ region }, { of: 'bucket', name: 'lake' });
    expect(new URL(url).host).toBe(toConsoleHost(region));
  });

  it('of every partition that the SDK knows has a console', () => {
    const core = dirname(require.resolve('@aws-sdk/core/package.json'));
    const table = readFileSync(
      join(core, 'dist-cjs/submodules/client/index.js'),
      'utf8',
    );
    const names = [
      ...table.matchAll(/\bid: "(aws[a-z-]*)"|"id": "(aws[a-z-]*)"/g),
    ].map(([, one, other]) => one ?? other);
    expect(names.length).toBeGreaterThan(7);
    const own = readFileSync(join(__dirname, 'partition.ts'), 'utf8');
    for (const name of names) {
      expect(own).toMatch(new RegExp(`^  '?${name}'?: '`, 'm'));
    }
  });

  it('is told by nothing else in this repository', () => {
    const root = join(__dirname, '../../../..');
    const files = execFileSync('git', ['ls-files'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 2 ** 26,
    })
      .split('\n')
      .filter(file => /\.(ts|tsx|py|njk|yaml|js)$/.test(file))
      .filter(file => !/test|__fixtures__|__testUtils__/.test(file))
      .filter(file => existsSync(join(root, file)));
    const own =
      /['"`](cn-|us-gov-|us-iso|aws-cn|aws-us-gov|amazonaws\.com\.cn)/;
    const deriving = files.filter(file =>
      own.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(deriving).toEqual(['packages/aws/src/console/partition.ts']);
  });
});
