import { UserError } from '../output.ts';
import { runSteps } from './check.ts';

describe('runSteps', () => {
  it('names the steps that are not clean, and those alone', async () => {
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
    const refused = async () => {
      throw new UserError('a test refuses this');
    };
    await expect(
      runSteps([
        { name: 'check-test-clean', check: async () => 0 },
        { name: 'check-test-found', check: async () => 3 },
        { name: 'check-test-refused', check: refused },
        step('check-test-succeeds', '0'),
        step('check-test-fails', '1'),
      ]),
    ).resolves.toEqual([
      'check-test-found',
      'check-test-refused',
      'check-test-fails',
    ]);
  });
});

const step = (name: string, code: string) => ({
  name,
  command: process.execPath,
  args: ['-e', `process.exit(${code})`],
});
