import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultTemplateRules,
  findStack,
  listEvents,
  readStackTemplateText,
  TemplateRules,
} from '@data-lake/cloudformation';
import { parseProject } from '../spec/parseProject';
import { readProjectFiles } from '../spec/readProjectFiles';
import { listReleases } from './listReleases';
import { planRollback } from './planRollback';
import { readReleaseState } from './readReleaseState';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
  listEvents: jest.fn(),
  readStackTemplateText: jest.fn(),
}));
jest.mock('./listReleases');
jest.mock('./readReleaseState');

const project = parseProject(
  readFileSync(join(__dirname, '../../../../../skeleton/project.yaml'), 'utf8'),
);

const plan = async (text: string, rules?: TemplateRules) => {
  jest.mocked(findStack).mockResolvedValue({
    id: 'arn:stack',
    outputs: { CodeBucketName: 'code' },
    tags: {},
  } as any);
  jest.mocked(listEvents).mockResolvedValue([]);
  jest.mocked(listReleases).mockResolvedValue([]);
  jest.mocked(readReleaseState).mockResolvedValue({} as any);
  jest.mocked(readStackTemplateText).mockResolvedValue(text);
  return planRollback({
    clients: {} as any,
    project,
    release: `releases/${'0'.repeat(64)}/`,
    identity: 'task',
    authorizeStack: async () => {},
    rules,
  });
};

it.each([
  '{"Resources": {"Job": {"Type": "AWS::Glue::Job", "Properties": {"GlueVersion": 4.0, "MaxCapacity": 1e1, "Timeout": 9007199254740993}}}}\n',
  'Resources: # as it was deployed\n  Job:\n    Type: AWS::Glue::Job\n    Properties: { GlueVersion: 4.0 }\n',
  // as AWS returns a text that is not ASCII
  '{"Resources": {"Job": {"Type": "AWS::Glue::Job", "Properties": {"Description": "Caf?"}}}}',
])('has CloudFormation keep the template of the stack: %j', async text => {
  const { spec } = await plan(text);
  expect(spec.template.body).toBe(text);
  expect(spec.keepsTemplate).toBe(true);
});

it('sends a template that gets the permissions boundary', async () => {
  const text = JSON.stringify({
    Resources: { Role: { Type: 'AWS::IAM::Role', Properties: {} } },
  });
  const boundary = 'arn:aws:iam::123456789012:policy/boundary';
  const { spec } = await plan(text, {
    ...defaultTemplateRules,
    permissionsBoundary: boundary,
  });
  expect(spec.template.body).toContain(boundary);
  expect(spec.keepsTemplate).toBe(false);
});

it('reads the template by the rules of a deployment', async () => {
  const { spec } = await plan(
    '{"Resources": {"Job": {"Type": "AWS::Glue::Job"}}}',
  );
  const source = join(__dirname, '../../../../../skeleton');
  const files = await readProjectFiles({ project, source });
  const { rules } = spec.template;
  expect(rules).toEqual(files.stacks[0].template.rules);
  expect(rules.reach?.attachableRoles).toEqual(['local-airflow-execution']);
});
