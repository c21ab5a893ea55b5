import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import {
  createMockDirectory,
  mockServices,
} from '@backstage/backend-test-utils';
import { readAwsDeployConfig } from '@data-lake/aws';
import { validate } from 'jsonschema';
import fs from 'fs-extra';
import {
  createAddEnvironmentAction,
  createCheckProjectAction,
  createDeleteAction,
  createDeleteEnvironmentAction,
  createDeployAction,
  createDeployProjectAction,
  createFetchProjectAction,
  createFetchSkeletonAction,
  createGetMwaaEnvironmentAction,
  createPreviewAction,
  createReadProjectAction,
  createRollbackAction,
  createSyncAction,
  createVerifyAction,
} from './index';
import {
  access,
  auditor,
  aws,
  makeContext,
  makeEntities,
  readInput,
} from '../__testUtils__';

const nothing = new ConfigReader({});
const settings = readAwsDeployConfig(nothing);
const entities = makeEntities();
const reader = mockServices.urlReader.mock();
const actions: any[] = [
  createAddEnvironmentAction({ access, auditor, aws, entities }),
  createCheckProjectAction({
    access,
    auditor,
    aws,
    catalog: catalogServiceMock(),
  }),
  createDeleteAction({ access, auditor, aws }),
  createDeleteEnvironmentAction({ access, auditor, aws, entities, reader }),
  createDeployAction({ access, auditor, aws, settings }),
  createDeployProjectAction({ access, auditor, aws, entities, settings }),
  createFetchProjectAction({ auditor, entities, reader }),
  createPreviewAction({ access, auditor, aws, settings }),
  createFetchSkeletonAction({
    integrations: ScmIntegrations.fromConfig(nothing),
  }),
  createGetMwaaEnvironmentAction({ access, auditor, aws }),
  createReadProjectAction(),
  createRollbackAction({ access, auditor, aws, entities, settings }),
  createSyncAction({ access, auditor, aws }),
  createVerifyAction({ access, auditor, aws }),
];

const skeleton = `${__dirname}/../../../../skeleton`;
const project = fs.readFileSync(`${skeleton}/project.yaml`, 'utf8');
const workspace = createMockDirectory();

/** What a project's deployment reads. */
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
    'infra/storage.template.json': JSON.stringify({
      Parameters: { Retention: { Type: 'Number' } },
      Resources: { B: { Type: 'AWS::S3::Bucket' } },
      Outputs: { Name: { Value: 'x' } },
    }),
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
    '$id runs its example dry, and gives each declared output: $description',
    async ({ id, action, example }) => {
      const input = readInput(example, id) ?? {};
      expect(validate(input, action.schema.input).errors).toEqual([]);
      const ctx = makeContext({
        input,
        workspacePath: workspace.path,
        isDryRun: true,
      });
      await action.handler(ctx);

      const given = Object.fromEntries(ctx.output.mock.calls);
      const declared = Object.keys(action.schema.output.properties);
      expect(Object.keys(given).sort()).toEqual(declared.sort());
      expect(validate(given, action.schema.output).errors).toEqual([]);
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

  it('asks who may before it asks AWS', async () => {
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

  it('asks whose the name of a stack is before it asks AWS', async () => {
    for (const { action, id, example } of cases) {
      const input = readInput(example, id) ?? {};
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

  it('says which endpoint does not answer', async () => {
    const [mwaa] = actions.filter(a => a.id === 'aws:mwaa:get-environment');
    const ctx = makeContext({
      input: readInput(mwaa.examples[0], mwaa.id),
    });
    await expect(mwaa.handler(ctx)).rejects.toThrow(
      /AWS endpoint http:\/\/127\.0\.0\.1:9 does not answer/,
    );
  });
});
