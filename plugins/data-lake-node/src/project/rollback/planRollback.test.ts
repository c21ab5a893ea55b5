import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  findStack,
  listEvents,
  readStackTemplateText,
} from '@data-lake/cloudformation';
import { parseProject } from '../spec/parseProject';
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

it.each([
  '{"Resources": {"Job": {"Type": "AWS::Glue::Job", "Properties": {"GlueVersion": 4.0, "MaxCapacity": 1e1, "Timeout": 9007199254740993}}}}\n',
  'Resources: # as it was deployed\n  Job:\n    Type: AWS::Glue::Job\n    Properties: { GlueVersion: 4.0 }\n',
])('sends the template of the stack byte for byte: %j', async text => {
  jest.mocked(findStack).mockResolvedValue({
    id: 'arn:stack',
    outputs: { CodeBucketName: 'code' },
    tags: {},
  } as any);
  jest.mocked(listEvents).mockResolvedValue([]);
  jest.mocked(listReleases).mockResolvedValue([]);
  jest.mocked(readReleaseState).mockResolvedValue({} as any);
  jest.mocked(readStackTemplateText).mockResolvedValue(text);
  const { spec } = await planRollback({
    clients: {} as any,
    project,
    release: `releases/${'0'.repeat(64)}/`,
    identity: 'task',
    authorizeStack: async () => {},
  });
  expect(spec.template.body).toBe(text);
});
