import { createMockDirectory } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { ScmIntegrations } from '@backstage/integration';
import fs from 'fs-extra';
import { createDataLakeActions } from '.';
import { makeServices } from '../__testUtils__';
import { describeExamples } from '../__testUtils__/actions';
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

describeExamples({ actions, workspacePath: workspace.path });
