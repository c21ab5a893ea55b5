import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/**
 * What CI fetches and runs: with a role of AWS in its environment, it must be what was reviewed. Enumerates all
 * that the files say, and refuses what this list does not know.
 */
const root = join(__dirname, '../..');
const skeleton = join(root, 'skeleton');
const read = (...path: string[]) => readFileSync(join(...path), 'utf8');
const workflowsOf = (folder: string) =>
  readdirSync(join(folder, '.github/workflows')).map(file =>
    join(folder, '.github/workflows', file),
  );

const gitea = join(skeleton, '.gitea/workflows/ci.yml.njk');
const workflows = [...[root, skeleton].flatMap(workflowsOf), gitea];
const gitlab = ['.gitlab-ci.yml', '.gitlab-ci.yml.njk'].map(file =>
  join(skeleton, file),
);

describe.each(workflows)('%s', file => {
  const uses = read(file)
    .split('\n')
    .filter(line => /\buses:/.test(line));

  it.each(uses)('pins %s by commit, and names its version', line => {
    expect(line).toMatch(
      /^ *(- )?uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/,
    );
  });

  it('uses an action by one commit only', () => {
    const byAction = new Map<string, Set<string>>();
    for (const line of uses) {
      const [action, commit] = line.split('uses: ')[1].split('@');
      byAction.set(action, (byAction.get(action) ?? new Set()).add(commit));
    }
    expect([...byAction].filter(([, commits]) => commits.size > 1)).toEqual([]);
  });
});

const pipelines = [
  'bitbucket-pipelines.yml.njk',
  'azure-pipelines.yml.njk',
].map(file => join(skeleton, file));

describe.each([...gitlab, ...pipelines])('%s', file => {
  const images = valuesOf(parseCi(file), 'image');

  it('pins each image by digest', () => {
    expect(images.length).toBeGreaterThan(0);
    for (const image of images) {
      expect(image).toMatch(/^[\w./-]+(:[\w.-]+)?@sha256:[0-9a-f]{64}$/);
    }
  });
});

describe('what the CI of a project runs', () => {
  const scripts = [
    ...[...workflowsOf(skeleton), gitea].flatMap(file =>
      valuesOf(parseCi(file), 'run'),
    ),
    ...pipelines.flatMap(file => valuesOf(parseCi(file), 'script')),
    ...gitlab.flatMap(file =>
      ['script', 'before_script', 'after_script'].flatMap(key =>
        valuesOf(parseCi(file), key),
      ),
    ),
    readRecipes(),
  ];
  const commands = [...new Set(scripts.flatMap(toCommands))];

  it('finds the commands', () => {
    expect(commands).toEqual(
      expect.arrayContaining([
        'npm ci --ignore-scripts',
        expect.stringMatching(/^node cli\/data-lake\.cjs deploy "\$NAME"/),
        'node cli/data-lake.cjs verify "$ENVIRONMENT"',
        'sha256sum --check --strict SHA256SUMS',
        '.venv/uv/bin/uv pip sync -q --require-hashes -p .venv/spark/bin/python requirements/spark.txt',
      ]),
    );
  });

  it.each(commands)('%s: fetches nothing, or by lock and digest', command => {
    expect(known.filter(pattern => pattern.test(command))).not.toEqual([]);
  });

  it.each([
    'npx --yes @data-lake/cli@0.1.0 deploy demo',
    'npm install',
    'npm ci',
    'pip install uv',
    'pipx run cfn-lint==1.*',
    '.venv/uv/bin/pip install -q uv',
    '.venv/uv/bin/uv pip install cfn-lint',
    'uvx ruff',
    'curl -fsSL https://example.com/install.sh',
    'docker run alpine',
    'git clone https://example.com/x',
    'node elsewhere.js',
  ])('would refuse %s', command => {
    expect(known.filter(pattern => pattern.test(command))).toEqual([]);
  });

  it.each(['airflow', 'awsglue', 'lint', 'spark', 'uv'])(
    'has a hash for each package of requirements/%s.txt',
    name => {
      const packages = read(skeleton, 'requirements', `${name}.txt`)
        .replaceAll('\\\n', '')
        .split('\n')
        .filter(line => line && !line.startsWith('#'));
      expect(packages.length).toBeGreaterThan(0);
      for (const line of packages) {
        expect(line).toMatch(/^[\w.-]+(\[[\w,-]+\])?==\S+ .*--hash=sha256:/);
      }
    },
  );

  it('has an integrity for each package of infra', () => {
    const lock = JSON.parse(read(skeleton, 'infra/package-lock.json'));
    const without = Object.entries<any>(lock.packages).filter(
      ([path, { integrity, inBundle, link }]) =>
        path !== '' && !inBundle && !link && !/^sha512-/.test(integrity ?? ''),
    );
    expect(without).toEqual([]);
  });

  it('has no text that tells anybody to run our command line by a name', () => {
    const files = execFileSync('git', ['ls-files', '-z', 'skeleton'], {
      cwd: root,
      encoding: 'utf8',
    })
      .split('\0')
      .filter(file => /\.(njk|md|ya?ml|json|ts|py)$|Makefile$/.test(file));
    expect(files.length).toBeGreaterThan(50);
    const naming = files.filter(file =>
      /(npx|npm exec|pnpm dlx|yarn dlx)[^\n`]*@data-lake\//.test(
        read(root, file),
      ),
    );
    expect(naming).toEqual([]);
  });

  it('checks the command line before it gets credentials', () => {
    for (const file of workflowsOf(skeleton)) {
      const jobs = Object.values<any>(parseCi(file).jobs);
      const deploying = jobs.filter(({ steps }) =>
        JSON.stringify(steps).includes('cli/data-lake.cjs'),
      );
      expect(deploying).toHaveLength(2);
      for (const { steps } of deploying) {
        const at = (pattern: RegExp) =>
          steps.findIndex((step: any) => pattern.test(JSON.stringify(step)));
        expect(at(/SHA256SUMS/)).toBeGreaterThan(at(/actions\/checkout/));
        expect(at(/configure-aws-credentials/)).toBeGreaterThan(
          at(/SHA256SUMS/),
        );
      }
    }
    for (const file of gitlab) {
      const [check, token] = parseCi(file)['.aws'].before_script;
      expect(check).toContain('SHA256SUMS');
      expect(token).toContain('AWS_TOKEN');
    }
  });
});

/** Commands that fetch nothing, and those that fetch by a lock file with hashes. */
const known = [
  // packages of Debian, signed, in an image by digest
  /^apt-get (update|install) -qq/,
  /^npm( --prefix infra)? ci --ignore-scripts$/,
  /^npm( --prefix infra)?( -s)? (test|run [\w -]+|run)$/,
  /^\.venv\/uv\/bin\/pip install -q --require-hashes -r \S+$/,
  /^\.venv\/uv\/bin\/uv pip (sync|install) -q --require-hashes /,
  /^\.venv\/uv\/bin\/uv venv /,
  /^python3 -m venv /,
  // the jars by their SHA-256 in requirements/jars.txt
  /^\.venv\/spark\/bin\/python local\/(jars|class_archive)\.py/,
  /^\.venv\/(spark|airflow)\/bin\/python -m pytest /,
  /^\.venv\/lint\/bin\/(ruff|pyright|cfn-lint) /,
  // runs the line above with a role, and checks the command line before: ci.test.ts
  /^sh ci\/environment\.sh (preview|deploy) "demo"$/,
  /^(export )?OIDC_TOKEN(="\$BITBUCKET_STEP_OIDC_TOKEN"|=\$\(node ci\/azureToken\.mjs)?\)?$/,
  /^export JAVA_HOME=/,
  /^node cli\/data-lake\.cjs (preview|deploy|verify) /,
  /^sha256sum --check --strict SHA256SUMS$/,
  /^make (setup|lint|test)$/,
  /^gh pr comment /,
  /^git diff --exit-code templates$/,
  /^(cat|cd|echo|exit|printenv|set|tee|touch|umask|\[) ?/,
];

/** What `make` would run in CI, without what is there already. */
function readRecipes(): string {
  return execFileSync(
    'make',
    ['--dry-run', '--always-make', 'setup', 'lint', 'test'],
    { cwd: skeleton, encoding: 'utf8' },
  );
}

/** Splits a script into its simple commands. */
function toCommands(script: string): string[] {
  return script
    .replace(/\\\n\s*/g, '')
    .split(/\n|&&|\|\||;|\|/)
    .map(part =>
      part
        .trim()
        .replace(/^(for .* in .*|done)$|^do |^\(|\)$/g, '')
        .replace(/ >+ .*$/, '')
        .replace(/^echo .*/, 'echo …')
        .trim(),
    )
    .filter(Boolean);
}

function parseCi(file: string): any {
  return parse(
    read(file)
      .replaceAll('${{ values.environment.name }}', 'demo')
      .replace(/\$\{\{ values\.environment\.name \| dump \}\}/g, '"demo"')
      .replaceAll('${{ suffix }}', 'DEMO')
      .replace(/\{%.*?%\}/g, ''),
  );
}

/** Lists all values of a key, at any depth. */
function valuesOf(node: unknown, key: string): string[] {
  if (Array.isArray(node)) return node.flatMap(each => valuesOf(each, key));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([name, value]) =>
    name === key && (typeof value === 'string' || isTexts(value))
      ? [value].flat()
      : valuesOf(value, key),
  );
}

function isTexts(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(each => typeof each === 'string');
}
