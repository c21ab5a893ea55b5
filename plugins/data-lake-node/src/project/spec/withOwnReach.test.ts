import { defaultTemplateRules } from '@data-lake/cloudformation';
import { withOwnReach } from './withOwnReach';

const reachWith = (dataBucket: string) =>
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
    'arn:aws:s3:::given',
    'arn:aws:s3:::given/*',
  ]);
});

it.each(['', '*', 'given-*', 'give?'])('takes %j for no bucket', name => {
  expect(reachWith(name).allowedResources?.join()).not.toContain(':s3:');
});
