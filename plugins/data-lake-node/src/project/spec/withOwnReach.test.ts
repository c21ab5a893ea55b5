import { defaultTemplateRules } from '@data-lake/cloudformation';
import { withOwnReach } from './withOwnReach';

const reachWith = (dataBucket: string, AlertEmail = '', EmrSubnetId = '') =>
  withOwnReach(
    { ...defaultTemplateRules, reach: { allowedResources: ['shared'] } },
    {
      account: '123456789012',
      region: 'eu-west-1',
      project: 'movielens',
      environment: 'demo',
      dagId: 'movielens-demo',
      dataBucket,
      codeBucket: '',
      parameters: { AlertEmail, EmrSubnetId },
    },
  ).reach!;

it('lets roles act on what only this environment has, and on a given bucket', () => {
  const { allowedResources, ownTags } = reachWith('given');
  expect(ownTags).toEqual(['data-lake:project', 'data-lake:environment']);
  expect(allowedResources).toEqual([
    'shared',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/data-lake/movielens/demo',
    'arn:aws:ssm:eu-west-1:123456789012:parameter/data-lake/movielens/demo/*',
    'arn:aws:glue:eu-west-1:123456789012:crawler/movielens-demo-*',
    'arn:aws:lambda:eu-west-1:123456789012:function:movielens-demo-*',
    'arn:aws:states:eu-west-1:123456789012:stateMachine:movielens-demo-*',
    'arn:aws:states:eu-west-1:123456789012:execution:movielens-demo-*',
    // no subnet has this name
    'arn:aws:ec2:eu-west-1:123456789012:subnet/',
    'arn:aws:s3:::given',
    'arn:aws:s3:::given/*',
  ]);
});

it.each(['', '*', 'given-*', 'give?'])('takes %j for no bucket', name => {
  expect(reachWith(name).allowedResources?.join()).not.toContain(':s3:');
});

it('lets clusters be in the subnet of the project alone', () => {
  const subnetsWith = (id: string) =>
    reachWith('', '', id).allowedResources?.filter(arn =>
      arn.includes(':ec2:'),
    );
  expect(subnetsWith('subnet-0a1b')).toEqual([
    'arn:aws:ec2:eu-west-1:123456789012:subnet/subnet-0a1b',
  ]);
  for (const none of ['', '*', 'subnet-*', 'subnet-0a1?']) {
    expect(subnetsWith(none)).toEqual([
      'arn:aws:ec2:eu-west-1:123456789012:subnet/',
    ]);
  }
});

it('lets alerts go to the address of the project alone', () => {
  expect(reachWith('', 'a@example.com').allowedEndpoints).toEqual([
    'a@example.com',
  ]);
  for (const none of ['', '*', '*@example.com', 'a?@example.com']) {
    expect(reachWith('', none).allowedEndpoints).toEqual([]);
  }
});

it('reserves the tags and parameters that tell whose something is', () => {
  expect(reachWith('')).toMatchObject({
    reservedTags: expect.arrayContaining(['data-lake:*']),
    reservedParameters: ['/data-lake/'],
  });
});
