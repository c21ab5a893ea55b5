import { contextWith, entityRef, stackWith } from '../__testUtils__/context';
import {
  describeContract,
  endlessly,
  inTwoPages,
} from '../__testUtils__/contract';
import { sdkError } from '../__testUtils__/fakeClients';
import { emr } from './adapter';

const owned = 'j-STACK';
const role = 'movielens-demo-emr-service';
const runId = '20261122T100000-aaaa';
const tags = [
  { Key: 'data-lake:project', Value: 'movielens' },
  { Key: 'data-lake:environment', Value: 'demo' },
  { Key: 'data-lake:entity', Value: entityRef },
  { Key: 'data-lake:run-id', Value: runId },
];
const cluster = (Id: string, State = 'RUNNING', Tags = tags) => ({
  Id,
  Name: `movielens-demo-${runId}`,
  Tags,
  ServiceRole: role,
  ReleaseLabel: 'emr-7.14.0',
  Status: {
    State,
    Timeline: { CreationDateTime: new Date('2026-11-22T10:00:00Z') },
  },
});
const step = (Id: string, State = 'COMPLETED', more = {}) => ({
  Id,
  Name: 'preprocess_movies',
  Status: {
    State,
    Timeline: {
      StartDateTime: new Date('2026-11-22T10:01:00Z'),
      EndDateTime: new Date('2026-11-22T10:02:00Z'),
    },
    ...more,
  },
});
const listed = (Id: string, Name = `movielens-demo-${runId}`) => ({ Id, Name });
const healthy = {
  DescribeCluster: ({ ClusterId }: any) => ({ Cluster: cluster(ClusterId) }),
  ListClusters: () => ({ Clusters: [listed('j-1'), listed('j-9', 'payroll')] }),
  ListSteps: () => ({ Steps: [step('s-1')] }),
};
const made = stackWith([['AWS::IAM::Role', role]]);
const stacks = [
  stackWith([
    ['AWS::EMR::Cluster', owned],
    ['AWS::IAM::Role', role],
  ]),
];

describe('emr', () => {
  describeContract({
    adapter: emr,
    stacks,
    healthy,
    ids: [owned, 'emr:cluster:j-1', 'emr:step:s-1'],
    paged: {
      answers: {
        ListClusters: inTwoPages({
          first: { Clusters: [listed('j-1')] },
          second: { Clusters: [listed('j-2')] },
          in: 'Marker',
          out: 'Marker',
        }),
        ListSteps: inTwoPages({
          first: { Steps: [step('s-1')] },
          second: { Steps: [step('s-2')] },
          in: 'Marker',
          out: 'Marker',
        }),
      },
      ids: ['emr:cluster:j-2', 'emr:step:s-2'],
    },
    endless: {
      ListClusters: endlessly({ Clusters: [] }, 'Marker'),
      ListSteps: endlessly({ Steps: [] }, 'Marker'),
    },
    gone: {
      answers: {
        DescribeCluster: ({ ClusterId }) => {
          throw sdkError(
            'InvalidRequestException',
            `Cluster id '${ClusterId}' is not valid.`,
          );
        },
      },
      id: owned,
    },
    unknownStatus: {
      answers: {
        DescribeCluster: ({ ClusterId }) => ({
          Cluster: cluster(ClusterId, 'SULKING'),
        }),
        ListSteps: () => ({ Steps: [step('s-1', 'SULKING')] }),
      },
      ids: [owned, 'emr:cluster:j-1', 'emr:step:s-1'],
    },
    action: 'elasticmapreduce:DescribeCluster',
  });

  const change = (key: string, Value?: string) =>
    tags.flatMap(tag => {
      if (tag.Key !== key) return tag;
      return Value === undefined ? [] : { ...tag, Value };
    });

  it.each([
    ['of another project', change('data-lake:project', 'movielens-demo')],
    ['of another environment', change('data-lake:environment', 'prod')],
    ['of another entity', change('data-lake:entity', 'component:default/x')],
    ['of no entity', change('data-lake:entity')],
    ['without tags', []],
  ])('does not take a cluster %s, whatever its name', async (_, foreign) => {
    const context = contextWith({
      stacks: [made],
      answers: {
        ...healthy,
        DescribeCluster: ({ ClusterId }) => ({
          Cluster: cluster(ClusterId, 'RUNNING', foreign),
        }),
      },
    });
    expect((await emr.observe(context)).parts).toEqual([]);
    expect(context.asked).not.toContain('ListSteps');
  });

  const foreign = change('data-lake:entity', 'component:default/x');
  const observeMany = (others: number) =>
    emr.observe(
      contextWith({
        stacks: [made],
        answers: {
          ...healthy,
          ListClusters: () => ({
            Clusters: [
              ...Array.from({ length: others }, (_, i) => listed(`j-X${i}`)),
              listed('j-1'),
            ],
          }),
          DescribeCluster: ({ ClusterId }) => ({
            Cluster: cluster(
              ClusterId,
              'RUNNING',
              ClusterId === 'j-1' ? tags : foreign,
            ),
          }),
        },
      }),
    );

  it('finds its own cluster behind many of others that have its name', async () => {
    const { parts, problems } = await observeMany(25);
    expect(parts.map(({ steps }) => steps[0].id)).toEqual(['emr:cluster:j-1']);
    expect(problems).toEqual([]);
  });

  it('tells how many clusters it has not looked at', async () => {
    const { parts, problems } = await observeMany(60);
    expect(parts).toEqual([]);
    expect(problems).toMatchObject([
      { health: 'unknown', message: expect.stringMatching(/^21 clusters/) },
    ]);
  });

  it.each([undefined, '', 'payroll-demo-emr-service', `${role}/x`])(
    'reads nothing of a cluster with its tags and the service role %s, and tells so',
    async ServiceRole => {
      const context = contextWith({
        stacks: [made],
        answers: {
          ...healthy,
          DescribeCluster: ({ ClusterId }) => ({
            Cluster: { ...cluster(ClusterId), ServiceRole },
          }),
        },
      });
      const { parts, problems } = await emr.observe(context);
      expect(parts).toEqual([]);
      expect(problems).toMatchObject([
        {
          health: 'unknown',
          message: expect.stringMatching(/Cluster j-1 has/),
        },
      ]);
      expect(context.asked).not.toContain('ListSteps');
    },
  );

  it('takes the service role by its ARN too', async () => {
    const ServiceRole = `arn:aws:iam::111122223333:role/${role}`;
    const { parts } = await emr.observe(
      contextWith({
        stacks: [made],
        answers: {
          ...healthy,
          DescribeCluster: ({ ClusterId }) => ({
            Cluster: { ...cluster(ClusterId), ServiceRole },
          }),
        },
      }),
    );
    expect(parts).toHaveLength(1);
  });

  it('joins by the run id in the tag, and tells why a step failed', async () => {
    const FailureDetails = { Reason: 'Main class failed', Message: 'exit 1' };
    const context = contextWith({
      stacks: [made],
      answers: {
        ...healthy,
        ListSteps: () => ({
          Steps: [step('s-1', 'FAILED', { FailureDetails })],
        }),
      },
    });
    const [part] = (await emr.observe(context)).parts;
    expect(part.partOf).toEqual({ runId });
    expect(part.steps[1]).toMatchObject({
      parent: 'emr:cluster:j-1',
      state: 'failed',
      error: 'Main class failed: exit 1',
    });
  });
});
