import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import {
  CreateBucketCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { CreateRoleCommand } from '@aws-sdk/client-iam';
import {
  chooseRollback,
  deleteEnvironment,
  deployProject,
  parseProject,
  previewEnvironmentDeletion,
  previewProject,
  readProjectFiles,
  rollbackProject,
  toOwnerAuthority,
  toTeardownRequest,
} from '@data-lake/plugin-data-lake-node';
import { stringify } from 'yaml';
import { clientsOf, localAwsUrl } from '../integration/localAws';
import { makeProject } from '../integration/project';

/** Kind → names. */
export type Listing = Record<string, string[]>;

/** What an act was given beside its environment. */
interface Act {
  identity?: string;
  log?: (line: string) => void;
  signal?: AbortSignal;
}

const region = 'us-east-1';
export const owners = [
  'group:default/data-engineering',
  'group:default/movies',
] as const;

/** The accounts of walks are empty when they begin: each has another id. */
let next = Date.now() % 100_000_000_000;

/** A project with two environments in an account of its own, and the acts on it that the page and the CLI offer. */
export class Lake {
  static async make(name: string): Promise<Lake> {
    next += 1;
    const lake = new Lake(String(700_000_000_000 + (next % 100_000_000_000)));
    await lake.prepare();
    await lake.addProject(name);
    return lake;
  }

  readonly clients;
  private readonly lister;
  private readonly shared;
  private readonly made = new Map<
    string,
    Awaited<ReturnType<typeof makeProject>>
  >();

  private constructor(readonly account: string) {
    this.clients = clientsOf(localAwsUrl(), account);
    this.shared = {
      bucket: `shared-mwaa-${account}`,
      executionRole: 'shared-execution',
    };
    this.lister = startLister(account);
  }

  /** Kind → names, of all that there is in the account. */
  list = (): Promise<Listing> => this.lister.list();

  /** Keys of the bucket of DAGs, which projects share. */
  async listDags(): Promise<string[]> {
    const { Contents = [] } = await this.clients.s3.send(
      new ListObjectsV2Command({ Bucket: this.shared.bucket }),
    );
    return Contents.map(({ Key }) => Key!).sort();
  }

  async addProject(name: string): Promise<void> {
    const made = await makeProject(values => {
      values.name = name;
      const [first] = values.environments;
      Object.assign(first, {
        account: this.account,
        removable: true,
        mwaa: { ...first.mwaa, ...this.shared },
      });
      values.environments.push({ ...first, name: 'prod' });
    });
    this.made.set(name, made);
  }

  /** As a merge that changes a script or the owner. */
  async change(
    name: string,
    change: { version?: number; owner?: string },
  ): Promise<void> {
    const made = this.made.get(name)!;
    const { source, project } = made;
    if (change.version !== undefined) {
      const text = `# version ${change.version}\n`;
      await writeFile(join(source, 'jobs/version.py'), text);
    }
    if (change.owner === undefined) return;
    const text = stringify({ ...project, owner: change.owner });
    await writeFile(join(source, 'project.yaml'), text);
    made.project = parseProject(text);
  }

  preview = async (name: string, environment: string, act: Act = {}) =>
    previewProject(await this.toDeployment(name, environment, act));

  deploy = async (name: string, environment: string, act: Act = {}) =>
    deployProject({
      ...(await this.toDeployment(name, environment, act)),
      allow: { allowBroaderPermissions: true },
    });

  async rollback(name: string, environment: string, act: Act = {}) {
    const { project } = this.made.get(name)!;
    const request = { clients: this.clients, project, environment };
    return rollbackProject({
      ...request,
      chosen: await chooseRollback(request),
      identity: act.identity ?? 'rollback',
      log: () => {},
      ...act,
      ...this.authority(name),
    });
  }

  previewDeletion = (name: string, environment: string, removeData: boolean) =>
    previewEnvironmentDeletion({
      ...this.toDeletion(name, environment),
      removeData,
    });

  tearDown = (
    name: string,
    environment: string,
    removeData: boolean,
    act: Act = {},
  ) =>
    deleteEnvironment({
      ...this.toDeletion(name, environment),
      ...act,
      removeData,
      confirm: `${name}-${environment}`,
    });

  /** What a run leaves: an object in two versions, and a log group as Glue names it. */
  async run(name: string, environment: string): Promise<void> {
    const prefix = `${name}-${environment}`;
    const Bucket = `${prefix}-data-${this.account}-${region}`;
    for (const Body of ['movieId', 'movieId\n']) {
      await this.clients.s3.send(
        new PutObjectCommand({ Bucket, Key: 'raw/movies.csv', Body }),
      );
    }
    await this.clients.logs
      .send(new CreateLogGroupCommand({ logGroupName: toRunLogGroup(prefix) }))
      .catch(error => {
        if (error.name !== 'ResourceAlreadyExistsException') throw error;
      });
  }

  async close(): Promise<void> {
    this.lister.stop();
    for (const made of this.made.values()) await made.remove();
  }

  private async prepare(): Promise<void> {
    const { s3, iam } = this.clients;
    const { bucket, executionRole } = this.shared;
    await s3.send(new CreateBucketCommand({ Bucket: bucket }));
    await iam.send(
      new CreateRoleCommand({
        RoleName: executionRole,
        AssumeRolePolicyDocument: '{}',
      }),
    );
  }

  private async toDeployment(name: string, environment: string, act: Act) {
    const made = this.made.get(name)!;
    return {
      clients: this.clients,
      files: await readProjectFiles({ ...made, environment }),
      identity: act.identity ?? `${Math.random()}`,
      log: () => {},
      ...act,
      ...this.authority(name),
    };
  }

  private toDeletion(name: string, environment: string) {
    return {
      ...toTeardownRequest(this.made.get(name)!.project, environment),
      ...this.authority(name),
      clients: this.clients,
      log: () => {},
    };
  }

  private authority(name: string) {
    return toOwnerAuthority({
      clients: this.clients,
      owner: this.made.get(name)!.project.owner,
      sharedBuckets: [this.shared.bucket],
    });
  }
}

export const toRunLogGroup = (prefix: string) =>
  `/aws-glue/jobs/${prefix}-glue-role/${prefix}-glue-job/output`;

/** Starts the program that lists an account, once for all lists. */
function startLister(account: string) {
  const python = join(process.env.LOCAL_AWS_ENVS!, 'ministack/bin/python');
  const script = join(__dirname, '../integration/listResources.py');
  const child = spawn(python, [script], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: account,
      AWS_SECRET_ACCESS_KEY: 'local',
    },
  });
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  return {
    async list(): Promise<Listing> {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error(`${script} has ended`);
      return JSON.parse(value);
    },
    stop: () => child.stdin.end(),
  };
}
