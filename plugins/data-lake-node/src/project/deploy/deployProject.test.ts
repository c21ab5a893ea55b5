/** The calls to stacks and uploads, and their order; tests/integration/project.test.ts deploys for real. */
import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import { deployStack, findStack, StackState } from '@data-lake/cloudformation';
import { previewUpload, uploadFiles } from '@data-lake/s3-sync';
import * as fc from 'fast-check';
import { ProjectFiles } from '../spec/readProjectFiles';
import { deployProject } from './deployProject';
import { resumeDag } from './resumeDag';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  deployStack: jest.fn(),
  findStack: jest.fn(),
}));
jest.mock('./resumeDag');
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  previewUpload: jest.fn(),
  uploadFiles: jest.fn(),
}));

const entity = 'component:default/movielens';
const release = 'releases/0123/';
const code = 'movielens-demo-code-123456789012-eu-west-1';
const filesWith = (...names: string[]): ProjectFiles =>
  ({
    deployment: {
      entity,
      project: 'movielens',
      environment: 'demo',
      account: '123456789012',
      region: 'eu-west-1',
      codeBucket: '',
      mwaaBucket: 'airflow',
      dagId: 'movielens-demo',
    },
    stacks: names.map(name => ({
      name,
      stackName: `movielens-demo-${name}`,
      parameters: { Project: 'movielens' },
      tags: {},
      template: { content: { Resources: {} }, rules: {} },
    })),
    release: { prefix: release, files: [] },
    dags: { prefix: 'dags/movielens-demo/', files: [] },
  } as any);
const all = filesWith('mwaa', 'foundations', 'observability');

/** What is in the account: the release of each stack, empty for none, and what was uploaded. */
interface World {
  stacks: Record<string, string>;
  uploads: string[];
}
let world: World;
/** Changes so far, in order. */
let changes: string[];
let owner: string;
let dagDeletes: string[];
let dagBucketExists: boolean;
/** Number of changes after which the process is killed. */
let killAfter: number;
/** The error by which the next change is refused then. */
let refusal: Error;
/** Whether an upload has started to write when it is refused. */
let isPartial: boolean;

const change = (text: string, apply: () => void) => {
  if (changes.length === killAfter) throw refusal;
  changes.push(text);
  apply();
};

beforeEach(() => {
  world = { stacks: {}, uploads: [] };
  changes = [];
  owner = entity;
  dagDeletes = [];
  dagBucketExists = true;
  killAfter = Infinity;
  refusal = new Error('killed');
  isPartial = false;
  jest.resetAllMocks();
  jest.mocked(findStack).mockImplementation(async (_, stackName) => {
    if (!Object.hasOwn(world.stacks, stackName)) return undefined;
    return {
      name: stackName,
      tags: { 'data-lake:entity': owner },
      outputs: { CodeBucketName: 'payroll' },
    } as unknown as StackState;
  });
  jest
    .mocked(deployStack)
    .mockImplementation(async ({ spec, signal, operations }) => {
      signal?.throwIfAborted();
      const { stackName, parameters } = spec;
      const wanted = parameters.ReleasePrefix ?? world.stacks[stackName] ?? '';
      change(`${stackName}${wanted && ` ${wanted}`}`, () => {
        world.stacks[stackName] = wanted;
      });
      operations?.start({ act: 'update', stackName, stackId: stackName });
      operations?.end('UPDATE_COMPLETE');
      return { outputs: { CodeBucketName: 'payroll' } } as any;
    });
  jest.mocked(previewUpload).mockImplementation(async () => {
    if (!dagBucketExists) throw new NotFoundError('no such bucket');
    return { deletes: dagDeletes, uploadedBefore: dagDeletes.length } as any;
  });
  jest.mocked(uploadFiles).mockImplementation(async options => {
    const { bucket, prefix, onStart } = options;
    const url = `s3://${bucket}/${prefix}`;
    if (isPartial) onStart?.();
    change(url, () => {
      if (!world.uploads.includes(url)) world.uploads.push(url);
    });
    onStart?.();
    return { prefix } as any;
  });
});

const deploy = (options: object = {}) =>
  deployProject({
    clients: {
      target: { account: '123456789012', region: 'eu-west-1' },
    } as any,
    authorizeStack: async () => {},
    authorizeBucket: async () => {},
    files: all,
    identity: 'task',
    log: () => {},
    ...options,
  });
const whole = [
  'movielens-demo-mwaa',
  `s3://${code}/${release}`,
  `movielens-demo-foundations ${release}`,
  'movielens-demo-observability',
  's3://airflow/dags/movielens-demo/',
];

describe('the first deployment', () => {
  it('lets Airflow schedule the DAG again before it has files, and never later', async () => {
    jest.mocked(resumeDag).mockImplementation(async () => {
      expect(changes).not.toContain('s3://airflow/dags/movielens-demo/');
    });
    await deploy();
    expect(resumeDag).toHaveBeenCalledTimes(1);
    dagDeletes = ['old.py'];
    await deploy({ maxDeleted: 1 });
    expect(resumeDag).toHaveBeenCalledTimes(1);
  });

  it('makes the code bucket before it uploads the release, and DAGs last', async () => {
    await deploy();
    expect(changes).toEqual([
      'movielens-demo-mwaa',
      'movielens-demo-foundations',
      ...whole.slice(1),
    ]);
  });

  it('refuses an upload of DAGs that deletes many files, before any stack changes', async () => {
    dagDeletes = Array.from({ length: 21 }, (_, index) => `old${index}.py`);
    await expect(deploy()).rejects.toMatchObject({ name: 'NotAllowedError' });
    expect(changes).toEqual([]);
    await deploy({ maxDeleted: 21 });
    expect(changes).toHaveLength(6);
  });

  it('refuses a bucket of DAGs that no stack makes, before any stack changes', async () => {
    dagBucketExists = false;
    await expect(deploy({ files: filesWith('foundations') })).rejects.toThrow(
      'no such bucket',
    );
    expect(changes).toEqual([]);
    await deploy();
    expect(changes).toHaveLength(6);
  });

  it('asks whether the caller may upload to the bucket that the new stack names', async () => {
    const authorizeBucket = jest.fn(async (bucket: string) => {
      if (bucket === code) throw new Error('not yours');
    });
    await expect(deploy({ authorizeBucket })).rejects.toThrow('not yours');
    expect(uploadFiles).not.toHaveBeenCalled();
    authorizeBucket.mockReset();
    await deploy({ authorizeBucket });
    expect(authorizeBucket.mock.calls).toEqual([
      ['airflow'],
      [code],
      ['airflow'],
    ]);
  });

  it('executes no previewed change in the step that makes the code bucket', async () => {
    await deploy({ previewDigests: { foundations: 'abc', mwaa: 'def' } });
    const digests = jest
      .mocked(deployStack)
      .mock.calls.map(([{ previewDigest }]) => previewDigest);
    expect(digests).toEqual(['def', undefined, 'abc', undefined]);
  });
});

describe('a further deployment', () => {
  beforeEach(() => {
    world.stacks['movielens-demo-foundations'] = 'releases/4567/';
  });

  it('uploads the release before the stack switches to it', async () => {
    await deploy();
    expect(changes).toEqual(whole);
  });

  it('asks whether the caller may change the stack before it uploads to its bucket', async () => {
    const authorizeStack = jest.fn().mockRejectedValue(new Error('not yours'));
    await expect(
      deploy({ files: filesWith('foundations'), authorizeStack }),
    ).rejects.toThrow('not yours');
    expect(changes).toEqual([]);
  });

  it('uploads nothing to the bucket of another entity’s stack', async () => {
    owner = 'component:default/other';
    jest.mocked(deployStack).mockRejectedValue(new Error('taken'));
    await expect(deploy()).rejects.toThrow('taken');
    expect(uploadFiles).not.toHaveBeenCalled();
  });

  it('takes its own stack for its own whatever the case of the entity ref', async () => {
    owner = 'Component:default/MovieLens';
    await deploy();
    expect(changes).toEqual(whole);
  });
});

describe('a deployment that is refused on its way', () => {
  const refusals = [
    new InputError('why'),
    new ConflictError('why'),
    new NotAllowedError('why'),
    new NotFoundError('why'),
    new Error('why'),
  ];
  const names = (made: string) => made.split(' ')[0];

  it.each(refusals.map(error => [error.name, error] as const))(
    'says what it has changed before, wherever it stops: %s',
    async (_name, error) => {
      await deploy();
      const full = changes;
      const stopAt = async (index: number): Promise<Error> => {
        [world, changes] = [{ stacks: {}, uploads: [] }, []];
        [killAfter, refusal] = [index, error];
        const refused = await deploy().catch(each => each);
        expect(changes).toEqual(full.slice(0, index));
        return refused;
      };
      expect(await stopAt(0)).toBe(error);
      for (const index of full.keys()) {
        if (index === 0) continue;
        const told = await stopAt(index);
        expect([full[index], told.name]).toEqual([
          full[index],
          'OperationStartedError',
        ]);
        expect(told.message).toMatch(/^why\. Before that/);
        for (const made of changes) {
          expect(told.message).toContain(names(made));
        }
        expect(told.message.split('Before that')).toHaveLength(index + 1);
      }
      expect(full).toHaveLength(6);
    },
  );

  it('says so too if an upload stops halfway, also if it is the first change', async () => {
    isPartial = true;
    world.stacks['movielens-demo-foundations'] = 'releases/4567/';
    for (const after of [0, 3]) {
      changes = [];
      [killAfter, refusal] = [after, new NotAllowedError('why')];
      await expect(
        deploy({ files: filesWith('foundations', 'observability') }),
      ).rejects.toMatchObject({
        name: 'OperationStartedError',
        message: expect.stringMatching(
          /The upload to s3:\S+ had started and is not complete\. Run this again/,
        ),
      });
      expect(changes).toHaveLength(after);
    }
  });

  it('says nothing of an upload that had nothing to write', async () => {
    jest.mocked(uploadFiles).mockResolvedValueOnce({ prefix: release } as any);
    world.stacks['movielens-demo-foundations'] = 'releases/4567/';
    [killAfter, refusal] = [0, new ConflictError('why')];
    await expect(deploy({ files: filesWith('foundations') })).rejects.toBe(
      refusal,
    );
  });
});

describe('any deployment', () => {
  it('starts nothing after it is cancelled', async () => {
    const cancel = new AbortController();
    const log = jest.fn(() => cancel.abort());
    await expect(deploy({ signal: cancel.signal, log })).rejects.toThrow(
      /abort/,
    );
    // the first line is that of the release
    expect(changes.slice(0, 2)).toEqual([
      'movielens-demo-mwaa',
      'movielens-demo-foundations',
    ]);
    expect(changes).not.toContain(`movielens-demo-foundations ${release}`);
  });

  it('ends in the same state after kills at any points, and asks for the same each time', async () => {
    const anyNames = fc
      .subarray(['mwaa', 'observability'])
      .map(names => filesWith(...names, 'foundations'));
    const anyKills = fc.array(fc.nat(6), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(anyNames, anyKills, async (files, kills) => {
        const reset = () => {
          world = { stacks: {}, uploads: [] };
          changes = [];
        };
        reset();
        await deploy({ files });
        const expected = world;
        reset();
        for (const kill of kills) {
          changes = [];
          killAfter = kill;
          await deploy({ files }).catch(() => {});
        }
        killAfter = Infinity;
        await deploy({ files });
        expect(world).toEqual(expected);
      }),
    );
    for (const [{ spec }] of jest.mocked(deployStack).mock.calls) {
      expect(spec).toMatchObject({
        identity: 'task',
        tokenPrefix: 'backstage',
        ownership: expect.arrayContaining([
          { key: 'data-lake:entity', value: entity },
        ]),
      });
    }
  });
});
