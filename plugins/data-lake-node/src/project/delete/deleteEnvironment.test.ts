/** The calls to stacks and uploads, and their order; tests/integration/teardown.test.ts deletes for real. */
import {
  ConflictError,
  NotAllowedError,
  NotFoundError,
} from '@backstage/errors';
import {
  deleteStack,
  findStack,
  planStackDeletion,
  StackState,
} from '@data-lake/cloudformation';
import {
  assertTaggedBucket,
  holdsObjects,
  previewUpload,
  removeManifest,
  uploadFiles,
} from '@data-lake/s3-sync';
import { getMwaaEnvironment } from '@data-lake/aws';
import { deleteEnvironment } from './deleteEnvironment';
import { listKept } from '../kept/listKept';
import { adoptToDelete } from './adoptToDelete';
import { drainDag } from './drainDag';
import { deleteLogGroup, listLogGroups } from './logGroups';
import { previewEnvironmentDeletion } from './previewEnvironmentDeletion';
import { toConfirmation } from './TeardownRequest';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  deleteStack: jest.fn(),
  findStack: jest.fn(),
  planStackDeletion: jest.fn(),
}));
jest.mock('@data-lake/s3-sync', () => ({
  ...jest.requireActual('@data-lake/s3-sync'),
  assertTaggedBucket: jest.fn(),
  holdsObjects: jest.fn(),
  removeManifest: jest.fn(async () => true),
  previewUpload: jest.fn(),
  uploadFiles: jest.fn(),
}));
jest.mock('./drainDag');
jest.mock('./logGroups');
jest.mock('../kept/listKept');
jest.mock('./adoptToDelete');
jest.mock('@data-lake/aws', () => ({
  ...jest.requireActual('@data-lake/aws'),
  getMwaaEnvironment: jest.fn(),
}));

const aStack = (change: Partial<StackState> = {}): StackState => ({
  id: 'arn:aws:cloudformation:eu-west-1:123456789012:stack/movielens-demo-foundations/1',
  name: 'movielens-demo-foundations',
  status: 'CREATE_COMPLETE',
  terminationProtection: false,
  parameterNames: [],
  outputs: {},
  tags: { 'data-lake:entity': 'component:default/movielens' },
  ...change,
});
const entityRef = 'component:default/movielens';
const target = { account: '123456789012', region: 'eu-west-1' };
const stack = (name: string) => ({ ...target, name });
const environment = {
  name: 'demo',
  ...target,
  stacks: [stack('movielens-demo-foundations')],
};
const log = jest.fn();

/** The changes that were made, in order. */
const done: string[] = [];
/** Number of changes after which the next one is refused. */
let refuseAfter: number;
const refusal = new ConflictError('why');
const change = (text: string) => {
  if (done.length === refuseAfter) throw refusal;
  done.push(text);
};
/** Stacks and folders that are deleted. */
const gone = new Set<string>();
let full: string[];
let there: Record<string, ReturnType<typeof aStack>>;

beforeEach(() => {
  jest.resetAllMocks();
  done.length = 0;
  gone.clear();
  refuseAfter = Infinity;
  full = [];
  there = Object.fromEntries(
    ['foundations', 'mwaa', 'observability'].map(suffix => {
      const name = `movielens-demo-${suffix}`;
      return [name, aStack({ name, tags: { 'data-lake:entity': entityRef } })];
    }),
  );
  there['movielens-demo-foundations'].outputs = {
    // what a stack says names nothing to write, delete, start or pause
    MwaaBucketName: 'payroll',
    MwaaEnvironmentName: 'lake',
    DagId: 'payroll',
  };
  jest.mocked(findStack).mockImplementation(async (_, name) => there[name]);
  jest.mocked(getMwaaEnvironment).mockResolvedValue({
    bucket: 'airflow',
    dagPath: 'airflow/dags',
  } as any);
  jest.mocked(removeManifest).mockResolvedValue(true);
  jest.mocked(listKept).mockResolvedValue([]);
  jest.mocked(listLogGroups).mockResolvedValue([]);
  jest.mocked(drainDag).mockImplementation(async dag => {
    change(`${dag.environment}: ${dag.dagId}`);
    return true;
  });
  jest
    .mocked(previewUpload)
    .mockImplementation(
      async ({ bucket }) =>
        ({ deletes: gone.has(bucket) ? [] : ['dag.py'] } as any),
    );
  jest.mocked(holdsObjects).mockResolvedValue(true);
  jest.mocked(uploadFiles).mockImplementation(async options => {
    change(`s3://${options.bucket}/${options.prefix}`);
    gone.add(options.bucket);
    options.onStart?.();
    return {} as any;
  });
  jest.mocked(planStackDeletion).mockImplementation(async ({ stackName }) => ({
    stackName,
    does: gone.has(stackName) ? 'nothing' : 'delete',
    status: gone.has(stackName) ? 'NOT_THERE' : 'CREATE_COMPLETE',
    goes: [],
    stays: [],
    fullBuckets: full,
  }));
  jest.mocked(deleteStack).mockImplementation(async options => {
    const { stackName, operations } = options;
    change(stackName);
    gone.add(stackName);
    operations?.start({ act: 'delete', stackName, stackId: stackName });
    operations?.end('DELETE_COMPLETE');
    return {
      status: 'DELETE_COMPLETE',
      deleted: true,
      goes: [],
      stays: [],
      fullBuckets: full,
    };
  });
});

const confirm = 'movielens-demo';
const refuse = () => {
  throw new NotAllowedError('not yours');
};
const authority = {
  authorizeStack: jest.fn(async () => {}),
  authorizeBucket: jest.fn(async () => {}),
};
const request = {
  clients: { target } as any,
  environment,
  entityRef,
  log,
  ...authority,
};
const remove = (options: object = {}) =>
  deleteEnvironment({ ...request, confirm, ...options });

describe('previewEnvironmentDeletion', () => {
  it('tells what would be deleted, in the log and as data, and changes nothing', async () => {
    expect(await previewEnvironmentDeletion(request)).toMatchObject({
      confirm,
      dags: {
        s3Url: 's3://airflow/airflow/dags/movielens-demo/',
        files: ['dag.py'],
      },
      stacks: [
        { name: 'movielens-demo-observability', status: 'CREATE_COMPLETE' },
        { name: 'movielens-demo-foundations' },
        { name: 'movielens-demo-mwaa' },
      ],
    });
    expect(done).toEqual([]);
    expect(log.mock.calls.flat()).toEqual([
      '  - s3://airflow/airflow/dags/movielens-demo/dag.py',
      'Deleting stack movielens-demo-observability deletes 0 resources',
      'Deleting stack movielens-demo-foundations deletes 0 resources',
      'Deleting stack movielens-demo-mwaa deletes 0 resources',
      'Stays beside the stacks:',
      '  = AWS::MWAA::DAG movielens-demo: its entry in Airflow of lake, paused, with the history of its runs',
      '  = AWS::S3::Object s3://airflow/airflow/dags/movielens-demo/: former versions of the files that are deleted there, as long as the bucket keeps versions',
      'Nothing was deleted. To delete it, confirm with its name, movielens-demo',
    ]);
  });

  it('refuses to plan the deletion of data without the first key', async () => {
    await expect(
      previewEnvironmentDeletion({ ...request, removeData: true }),
    ).rejects.toThrow(/does not say removable: true for demo/);
  });
});

describe('deleteEnvironment', () => {
  it('drains the DAG, deletes its files, then each stack before those that it builds on', async () => {
    const { stacks } = await remove();
    expect(done).toEqual([
      'lake: movielens-demo',
      's3://airflow/airflow/dags/movielens-demo/',
      'movielens-demo-observability',
      'movielens-demo-foundations',
      'movielens-demo-mwaa',
    ]);
    expect(stacks.map(({ name }) => name)).toEqual(done.slice(2));
  });

  it('skips stacks beside that belong to another entity, or do not exist', async () => {
    there['movielens-demo-mwaa'].tags['data-lake:entity'] = 'component:x/y';
    delete there['movielens-demo-observability'];
    await remove();
    expect(done.slice(2)).toEqual(['movielens-demo-foundations']);
  });

  it.each([
    ['stack', { authorizeStack: async () => refuse() }],
    ['bucket of the DAG', { authorizeBucket: async () => refuse() }],
  ])('changes nothing if the %s is another owner’s', async (_, options) => {
    await expect(remove(options)).rejects.toThrow('not yours');
    expect(done).toEqual([]);
  });

  it('asks the engine to check the tags of each stack again', async () => {
    await remove();
    const { authorizeStack } = authority;
    for (const call of [planStackDeletion, deleteStack]) {
      for (const [options] of jest.mocked(call as any).mock.calls) {
        expect(options).toMatchObject({ authorizeStack });
      }
    }
  });

  it('takes the folder of the DAG from project.yaml, also once the foundations stack is gone', async () => {
    there = {};
    const dags = { bucket: 'named', prefix: 'dags/movielens-demo/' };
    await remove({ dags });
    expect(done[0]).toBe('s3://named/dags/movielens-demo/');
  });

  it('continues without the bucket of the DAG, or its MWAA environment', async () => {
    jest.mocked(getMwaaEnvironment).mockRejectedValue(new NotFoundError('x'));
    jest.mocked(previewUpload).mockRejectedValue(new NotFoundError('x'));
    expect(await remove()).toMatchObject({ dags: undefined });
    expect(done).toHaveLength(4);
  });

  it.each([
    ['another name', { confirm: 'movielens' }, /enter the name movielens-demo/],
    [
      'one key to the data only',
      { removeData: true },
      /does not say removable: true for demo/,
    ],
  ])('refuses %s, and changes nothing', async (_, options, message) => {
    await expect(remove(options)).rejects.toThrow(message);
    expect(deleteStack).not.toHaveBeenCalled();
    expect(done).toEqual([]);
  });

  it('refuses full buckets before the first stack, not between two', async () => {
    full = ['lake'];
    await expect(remove()).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringMatching(
        /^Nothing was deleted: lake(, lake)* would be deleted but holds objects/,
      ),
    });
    expect(done).toEqual([]);
    await remove({ emptyBuckets: true });
    expect(done).toHaveLength(5);
  });

  it('changes nothing if a bucket that would be emptied is not the entity’s', async () => {
    full = ['lake'];
    jest.mocked(assertTaggedBucket).mockRejectedValue(new Error('not yours'));
    await expect(remove({ emptyBuckets: true })).rejects.toThrow('not yours');
    expect(done).toEqual([]);
  });

  it('removes data with both keys', async () => {
    full = ['lake'];
    await remove({ removable: true, removeData: true });
    expect(deleteStack).toHaveBeenLastCalledWith(
      expect.objectContaining({ removeData: true }),
    );
    expect(done).toHaveLength(5);
  });

  const data = 'movielens-demo-data-123456789012-eu-west-1';
  const kept = {
    stackName: 'movielens-demo-foundations',
    tags: {},
    unknown: [],
    resources: [
      {
        logicalId: 'DataBucket',
        type: 'AWS::S3::Bucket' as const,
        physicalId: data,
      },
    ],
  };
  const withoutStacks = () => {
    there = {};
    gone.add('movielens-demo-foundations');
    jest.mocked(listKept).mockResolvedValue([kept]);
  };

  it('tells what stacks that are gone have left, and leaves it without the second key', async () => {
    withoutStacks();
    const { stacks } = await remove();
    expect(stacks).toMatchObject([
      {
        name: 'movielens-demo-foundations',
        stays: [{ physicalId: data, meaning: expect.stringMatching(/raw/) }],
      },
    ]);
    expect(adoptToDelete).not.toHaveBeenCalled();
  });

  it('has a stack take over what was left, to delete it, and succeeds only if nothing is left', async () => {
    withoutStacks();
    const both = { removable: true, removeData: true };
    jest.mocked(adoptToDelete).mockImplementation(async (_, { stackName }) => {
      change(`adopt ${stackName}`);
    });
    await expect(remove(both)).rejects.toThrow(
      new RegExp(`Not everything .* Left: AWS::S3::Bucket ${data}`),
    );
    expect(done.slice(-2)).toEqual([
      'adopt movielens-demo-foundations',
      'movielens-demo-foundations',
    ]);
    jest.mocked(listKept).mockResolvedValueOnce([kept]).mockResolvedValue([]);
    await remove(both);
  });

  it('tells a bucket of its name that its stack does not have', async () => {
    jest.mocked(listKept).mockResolvedValue([kept]);
    const { beside } = await remove();
    expect(beside.stays).toContainEqual({
      type: 'AWS::S3::Bucket',
      name: data,
      meaning: expect.stringMatching(/no stack has it/),
    });
  });

  it('tells the log groups that no stack has, deletes them with the data, and says if they are unknown', async () => {
    const name = '/aws-glue/jobs/movielens-demo-glue/output';
    jest.mocked(listLogGroups).mockResolvedValue([name]);
    const named = expect.objectContaining({ name });
    expect((await remove()).beside.stays).toContainEqual(named);
    expect(deleteLogGroup).not.toHaveBeenCalled();
    jest.mocked(listLogGroups).mockResolvedValueOnce([name]);
    jest.mocked(listLogGroups).mockResolvedValue([]);
    const both = { removable: true, removeData: true };
    await remove(both);
    expect(deleteLogGroup).toHaveBeenCalledWith(expect.anything(), name);
    jest.mocked(listLogGroups).mockRejectedValue(new Error('denied'));
    expect((await remove()).beside.stays).toContainEqual({
      type: 'AWS::Logs::LogGroup',
      name: 'movielens-demo',
      meaning: expect.stringMatching(/could not be listed: denied/),
    });
  });

  it('says what it has changed before, wherever it stops', async () => {
    await remove();
    const all = [...done];
    const stopAt = async (index: number): Promise<Error> => {
      done.length = 0;
      gone.clear();
      refuseAfter = index;
      const refused = await remove().catch(each => each);
      expect(done).toEqual(all.slice(0, index));
      return refused;
    };
    expect(await stopAt(0)).toBe(refusal);
    for (const index of all.keys()) {
      if (index === 0) continue;
      const told = await stopAt(index);
      expect(told.name).toBe('OperationStartedError');
      for (const each of done) {
        expect(told.message).toContain(each.split(' ').at(-1));
      }
      expect(told.message.split('Before that')).toHaveLength(index + 1);
    }
    expect(all).toHaveLength(5);
  });

  it('says which stacks are left when it is cancelled', async () => {
    const cancel = new AbortController();
    jest.mocked(deleteStack).mockImplementation(async () => {
      cancel.abort();
      throw cancel.signal.reason;
    });
    await expect(remove({ signal: cancel.signal })).rejects.toThrow();
    expect(log).toHaveBeenLastCalledWith(
      'Not deleted: movielens-demo-foundations, movielens-demo-mwaa. Run again to continue',
    );
  });

  it('finds and deletes what belongs to the entity whatever the case of its ref', async () => {
    for (const each of Object.values(there)) {
      each.tags['data-lake:entity'] = 'Component:default/MovieLens';
    }
    await remove();
    expect(done).toHaveLength(5);
    expect(deleteStack).toHaveBeenCalledWith(
      expect.objectContaining({
        ownership: expect.arrayContaining([
          { key: 'data-lake:entity', value: entityRef },
        ]),
      }),
    );
  });
});

describe('toConfirmation', () => {
  it('is the name of the foundations stack without its suffix; of another stack, the whole', () => {
    expect(toConfirmation(environment)).toBe('movielens-demo');
    const stacks = [stack('lake')];
    expect(toConfirmation({ ...environment, stacks })).toBe('lake');
  });
});
