import { createMockDirectory } from '@backstage/backend-test-utils';
import { validate } from 'jsonschema';
import { createAwsActions } from '.';
import { makeContext, readInput, services } from '../__testUtils__';

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

const cases = actions.flatMap(action =>
  action.examples.map((example: any) => ({
    id: action.id as string,
    description: example.description as string,
    action,
    example,
  })),
);

describe('every action', () => {
  it.each(cases)(
    '$id runs its example dry, and returns each declared output: $description',
    async ({ id, action, example }) => {
      const input = readInput(example, id);
      expect(validate(input, action.schema.input).errors).toEqual([]);
      const ctx = makeContext({
        input,
        workspacePath: workspace.path,
        isDryRun: true,
      });
      await action.handler(ctx);

      const outputs = Object.fromEntries(ctx.output.mock.calls);
      const declared = Object.keys(action.schema.output.properties);
      expect(Object.keys(outputs).sort()).toEqual(declared.sort());
      expect(validate(outputs, action.schema.output).errors).toEqual([]);
    },
  );

  it('describes itself and each input and output', () => {
    for (const action of actions) {
      expect(action.description).toMatch(/\.$/);
      expect(action.supportsDryRun).toBe(true);
      for (const schema of [action.schema.input, action.schema.output]) {
        for (const [name, property] of Object.entries<any>(schema.properties)) {
          expect([name, property.description]).toEqual([
            name,
            expect.any(String),
          ]);
        }
      }
    }
  });

  it('shows each declared input in an example', () => {
    for (const { id, schema, examples } of actions) {
      const shown = examples.flatMap((example: any) =>
        Object.keys(readInput(example, id)),
      );
      const declared = Object.keys(schema.input.properties);
      const elsewhere = id === 'aws:cloudformation:preview' ? likeDeploy : [];
      const missing = declared.filter(
        name => ![...shown, ...elsewhere, 'previewDigest'].includes(name),
      );
      expect([id, missing]).toEqual([id, []]);
    }
  });

  /** Inputs of a preview that the examples of a deployment show. */
  const likeDeploy = [
    'templateBody',
    'templateBucket',
    'tags',
    'capabilities',
    'revertDrift',
  ];

  it('checks the caller before it calls AWS', async () => {
    for (const { action, id, example } of cases) {
      const ctx = makeContext({
        input: { ...readInput(example, id), account: '111111111111' },
        workspacePath: workspace.path,
      });
      await expect(action.handler(ctx)).rejects.toThrow(
        /Account 111111111111 is not allowed/,
      );
    }
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
});
