import { createMockDirectory } from '@backstage/backend-test-utils';
import { createAwsActions } from '.';
import { makeContext, readInput, services } from '../__testUtils__';
import { describeExamples } from '../__testUtils__/describeExamples';

const actions: any[] = createAwsActions(services);

const workspace = createMockDirectory({
  content: {
    'infra/storage.template.json': JSON.stringify({
      Parameters: { Retention: { Type: 'Number' } },
      Resources: { B: { Type: 'AWS::S3::Bucket' } },
      Outputs: { Name: { Value: 'x' } },
    }),
    project: {
      'jobs/a.py': 'a',
      'lambdas/notify/handler.py': 'h',
      'dags/alerts.py': 'd',
      'dags/lib/emr.py': 'e',
    },
  },
});

/** Inputs of a preview that the examples of a deployment show. */
const likeDeploy = [
  'templateBody',
  'templateBucket',
  'tags',
  'capabilities',
  'revertDrift',
];

const cases = describeExamples({
  actions,
  workspacePath: workspace.path,
  shownElsewhere: id => [
    'previewDigest',
    ...(id === 'aws:cloudformation:preview' ? likeDeploy : []),
  ],
});

it('checks the name of a stack before it calls AWS', async () => {
  for (const { action, id, example } of cases) {
    const input = readInput(example, id);
    if (!('stackName' in input)) continue;
    const ctx = makeContext({
      input: { ...input, stackName: 'payroll', confirm: undefined },
      workspacePath: workspace.path,
    });
    await expect(action.handler(ctx)).rejects.toThrow(
      /Stack name payroll is not allowed/,
    );
  }
});

it('names the endpoint that does not answer', async () => {
  const mwaa = actions.find(({ id }) => id === 'aws:mwaa:get-environment');
  const ctx = makeContext({ input: readInput(mwaa.examples[0], mwaa.id) });
  await expect(mwaa.handler(ctx)).rejects.toThrow(
    /AWS endpoint http:\/\/127\.0\.0\.1:9 does not answer/,
  );
});
