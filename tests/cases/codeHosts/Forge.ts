import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A change request. */
export interface Change {
  repository: string;
  branch: string;
  target: string;
  title: string;
  url: string;
}

/**
 * What a stand-in for a code host has: real bare repositories in a folder, tokens with their scopes, change
 * requests, and faults that a test asks for.
 */
export class Forge {
  /** Scopes by token; a password of an account is one, too. */
  readonly tokens = new Map<string, string[]>();
  readonly changes: Change[] = [];
  /** Main branches that are protected. */
  readonly isProtected = new Set<string>();
  /** Pushes that fail yet, as if the task were killed in the midst; the official actions try some times. */
  failingPushes = 0;
  /** Whether the host has no protection to give. */
  refusesProtection = false;
  /** Requests that the host does not know, or whose form is not the host's. */
  readonly faults: string[] = [];
  /** Tokens that requests came with, by `METHOD host/path`. */
  readonly requests: { request: string; token: string }[] = [];

  private constructor(private readonly folder: string) {}

  static async create(): Promise<Forge> {
    return new Forge(await mkdtemp(join(tmpdir(), 'data-lake-forge-')));
  }

  async reset(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    this.tokens.clear();
    this.changes.length = 0;
    this.isProtected.clear();
    this.faults.length = 0;
    this.requests.length = 0;
    this.failingPushes = 0;
    this.refusesProtection = false;
  }

  /** @throws Error with the requests that no host knows, or whose form is not the host's */
  assertNoFaults() {
    if (this.faults.length > 0) throw new Error(this.faults.join('\n'));
  }

  remove = () => rm(this.folder, { recursive: true, force: true });

  /** Folder of a bare repository. */
  toFolder = (repository: string) => join(this.folder, `${repository}.git`);

  has = (repository: string) => existsSync(this.toFolder(repository));

  /** Change requests of a repository, or those for a branch. */
  listChanges = (repository: string, branch?: string | null): Change[] =>
    this.changes.filter(
      each =>
        each.repository === repository &&
        (branch === undefined || each.branch === branch),
    );

  /** Makes an empty repository that takes pushes. */
  async add(repository: string): Promise<void> {
    const folder = this.toFolder(repository);
    await run('git', ['init', '-q', '--bare', '-b', 'main', folder]);
    await run('git', ['-C', folder, 'config', 'http.receivepack', 'true']);
  }

  /** Makes a repository with a commit of somebody else. */
  async addForeign(repository: string): Promise<void> {
    await this.add(repository);
    const git = (...args: string[]) =>
      run('git', ['-C', this.toFolder(repository), ...args]);
    // the empty tree
    const tree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';
    const author = ['-c', 'user.name=x', '-c', 'user.email=x@localhost'];
    const { stdout } = await git(...author, 'commit-tree', tree, '-m', 'mine');
    await git('update-ref', 'refs/heads/main', stdout.trim());
  }

  /** Messages of the commits on a branch, from the newest. */
  async log(repository: string, branch = 'main'): Promise<string[]> {
    const { stdout } = await this.git(
      repository,
      'log',
      '--format=%B%x00',
      branch,
    );
    return stdout
      .split('\0')
      .map(text => text.trim())
      .filter(Boolean);
  }

  /** Paths of the files on a branch. */
  async files(repository: string, branch = 'main'): Promise<string[]> {
    const { stdout } = await this.git(
      repository,
      'ls-tree',
      '-r',
      '--name-only',
      branch,
    );
    return stdout.split('\n').filter(Boolean).sort();
  }

  /** A file on a branch; undefined if it is not there. */
  async show(
    repository: string,
    path: string,
    branch = 'main',
  ): Promise<string | undefined> {
    if (!this.has(repository)) return undefined;
    return this.git(repository, 'show', `${branch}:${path}`).then(
      ({ stdout }) => stdout,
      () => undefined,
    );
  }

  private git = (repository: string, ...args: string[]) =>
    run('git', ['-C', this.toFolder(repository), ...args]);
}
