import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The script that the CI of Bitbucket, Azure DevOps and Gitea shares, with a command line that tells its surroundings. */
const skeleton = join(__dirname, '../../skeleton');
let folder: string;

const cli = `
const { readFileSync, appendFileSync } = require('node:fs');
const { AWS_CONFIG_FILE, OIDC_TOKEN } = process.env;
const config = readFileSync(AWS_CONFIG_FILE, 'utf8');
const [, file] = /web_identity_token_file = (.*)/.exec(config) ?? [];
appendFileSync('calls.jsonl', JSON.stringify({
  args: process.argv.slice(2),
  config: config.replace(file, 'TOKEN'),
  token: file && readFileSync(file, 'utf8'),
  leaked: OIDC_TOKEN,
}) + '\\n');
console.log('done');
process.exit(process.argv[2] === 'verify' ? Number(process.env.VERIFY || 0) : 0);
`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'data-lake-ci-'));
  cpSync(join(skeleton, 'ci'), join(folder, 'ci'), { recursive: true });
  mkdirSync(join(folder, 'cli'));
  writeFileSync(join(folder, 'cli/data-lake.cjs'), cli);
  const sums = execFileSync('sha256sum', ['data-lake.cjs'], {
    cwd: join(folder, 'cli'),
  });
  writeFileSync(join(folder, 'cli/SHA256SUMS'), sums);
  chmodSync(join(folder, 'cli/SHA256SUMS'), 0o644);
});
afterEach(() => rmSync(folder, { recursive: true }));

function run(act: string, env: Record<string, string> = {}) {
  const output = execFileSync('sh', ['ci/environment.sh', act, 'demo'], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env } as unknown as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const file = join(folder, 'calls.jsonl');
  let calls: any[] = [];
  try {
    calls = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map(line => JSON.parse(line));
  } catch {
    // nothing was called
  }
  return { output, calls };
}

const role = 'arn:aws:iam::123456789012:role/deploy';
const token = { OIDC_TOKEN: 'secret' };

it('deploys and verifies with the role of the environment, by the token of the pipeline', () => {
  const { calls } = run('deploy', {
    ...token,
    AWS_ROLE_ARN_DEMO: role,
    AWS_SERVICE_ROLE_ARN_DEMO: 'service role',
    AWS_PERMISSIONS_BOUNDARY_ARN_DEMO: 'boundary',
    AWS_SHARED_BUCKET_DEMO: 'shared',
  });
  expect(calls.map(({ args }) => args)).toEqual([
    [
      'deploy',
      'demo',
      '--role-arn',
      'service role',
      '--permissions-boundary',
      'boundary',
      '--shared-bucket',
      'shared',
    ],
    ['verify', 'demo'],
  ]);
  for (const call of calls) {
    expect(call.config).toBe(
      `[default]\nrole_arn = ${role}\nrole_session_name = ci-demo\nweb_identity_token_file = TOKEN\n`,
    );
    expect([call.token, call.leaked]).toEqual(['secret', undefined]);
  }
});

it('has the runner assume the role where the host has no token', () => {
  const { calls } = run('deploy', {
    AWS_ROLE_ARN_DEMO: role,
    AWS_CREDENTIAL_SOURCE: 'EcsContainer',
  });
  expect(calls[0].config).toContain('credential_source = EcsContainer');
  expect(calls[0].token).toBe(undefined);
});

it('previews with the role that cannot deploy, into a file', () => {
  const { calls, output } = run('preview', {
    ...token,
    AWS_ROLE_ARN_DEMO: role,
    AWS_PREVIEW_ROLE_ARN_DEMO: 'preview role',
  });
  expect(calls.map(({ args }) => args)).toEqual([
    ['preview', 'demo', '--format', 'markdown'],
  ]);
  expect(calls[0].config).toContain('role_arn = preview role');
  expect(output).toContain('done');
  expect(readFileSync(join(folder, 'preview.md'), 'utf8')).toBe('done\n');
});

it.each(['deploy', 'preview'])('skips %s without a role, and says so', act => {
  const { calls, output } = run(act, token);
  expect(calls).toEqual([]);
  expect(output).toMatch(/There is no variable .*_DEMO: .* of demo skipped/);
});

it('passes if checks are unknown, and fails if one failed', () => {
  const env = { ...token, AWS_ROLE_ARN_DEMO: role };
  expect(run('deploy', { ...env, VERIFY: '4' }).calls).toHaveLength(2);
  expect(() => run('deploy', { ...env, VERIFY: '1' })).toThrow();
});

it('runs no command line but the one that was reviewed', () => {
  writeFileSync(join(folder, 'cli/data-lake.cjs'), `${cli}// changed`);
  expect(() => run('deploy', { ...token, AWS_ROLE_ARN_DEMO: role })).toThrow(
    /did NOT match/,
  );
  expect(() => readFileSync(join(folder, 'calls.jsonl'))).toThrow('ENOENT');
});
