import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import { validate } from 'jsonschema';
import { createDataLakeActions } from '.';
import { makeContext, makeServices, readInput } from '../__testUtils__';
import { cliPackage } from '../__testUtils__/cliPackage';

const cli = createMockDirectory({ content: cliPackage });
const integrations = ScmIntegrations.fromConfig(new ConfigReader({}));
const actions: any[] = createDataLakeActions(makeServices(), {
  integrations,
  cliPath: cli.path,
});

const skeleton = `${__dirname}/../../../../skeleton`;
const project = fs.readFileSync(`${skeleton}/project.yaml`, 'utf8');
const workspace = createMockDirectory();

/** Files that a deployment reads. */
const projectFiles = {
  'infra/templates/foundations.template.json': JSON.stringify({
    Resources: { B: { Type: 'AWS::S3::Bucket' } },
  }),
  'jobs/a.py': 'a',
  'jobs/lake/__init__.py': '',
  'statemachine/transform.asl.json': '{}',
  'lambdas/start_glue_job/handler.py': 'h',
  'lambdas/check_glue_job/handler.py': 'h',
  'dags/movielens.py': 'd',
  'dags/mwaalib/emr.py': 'e',
};

// an example may write into the workspace
beforeEach(() =>
  workspace.setContent({
    'project.yaml': project,
    ...projectFiles,
    project: {
      'project.yaml': project.replace(/- name: .?demo.?$/m, '- name: prod'),
      ...projectFiles,
    },
  }),
);

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
      const input = readInput(example, id) ?? {};
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
        Object.keys(readInput(example, id) ?? {}),
      );
      const declared = Object.keys(schema.input.properties);
      expect([id, declared.filter(name => !shown.includes(name))]).toEqual([
        id,
        [],
      ]);
    }
  });

  it('checks the caller before it calls AWS', async () => {
    const account = '111111111111';
    for (const { action, id, example } of cases) {
      const input = readInput(example, id) ?? {};
      if (!('account' in input)) continue;
      const ctx = makeContext({
        input: { ...input, account },
        workspacePath: workspace.path,
      });
      await expect(action.handler(ctx)).rejects.toThrow(
        /Account 111111111111 is not allowed/,
      );
    }
  });
});
