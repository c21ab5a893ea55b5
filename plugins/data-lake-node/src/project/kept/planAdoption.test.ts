import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultTemplateRules,
  findStack,
  parseTemplate,
} from '@data-lake/cloudformation';
import { NotAllowedError } from '@backstage/errors';
import { findBucket } from './findBucket';
import { readKey } from './readKey';
import { planAdoption } from './planAdoption';

jest.mock('@data-lake/cloudformation', () => ({
  ...jest.requireActual('@data-lake/cloudformation'),
  findStack: jest.fn(),
}));
jest.mock('./findBucket');
jest.mock('./readKey');

const templates = join(__dirname, '../../../../../skeleton/infra/templates');
const entity = 'component:default/movielens';
const own = { 'data-lake:entity': entity };
const account = '123456789012';
const bucket = (thing: string) =>
  `movielens-demo-${thing}-${account}-eu-west-1`;
const authorizeBucket = jest.fn();

const plan = (stack: string, parameters: Record<string, string> = {}) =>
  planAdoption(
    {
      clients: { target: { account, region: 'eu-west-1' } } as any,
      files: { deployment: { entity } } as any,
      authorizeBucket,
    },
    {
      name: stack,
      stackName: `movielens-demo-${stack}`,
      template: parseTemplate(
        readFileSync(join(templates, `${stack}.template.json`), 'utf8'),
        defaultTemplateRules,
      ),
      parameters: {
        Project: 'movielens',
        Environment: 'demo',
        MwaaBucketName: bucket('mwaa'),
        ...parameters,
      },
    } as any,
  );

beforeEach(() => {
  jest.resetAllMocks();
  jest.mocked(findBucket).mockImplementation(async ({ bucket: name }) => ({
    name,
    tags: own,
    key: name === bucket('logs') ? undefined : `key-of-${name.split('-')[2]}`,
  }));
  jest.mocked(readKey).mockImplementation(
    async ({ key }) =>
      ({
        id: key === 'key-of-mwaa' ? 'mwaa' : 'lake',
        arn: key,
        state: 'Enabled',
        tags: own,
      } as any),
  );
});

const taken = async (...given: Parameters<typeof plan>) =>
  (await plan(...given)).resources.map(each => each.physicalId);

it.each([
  ['foundations', {}, ['lake', bucket('code'), bucket('data'), bucket('logs')]],
  [
    'foundations',
    { DataBucketName: 'given' },
    ['lake', bucket('code'), bucket('logs')],
  ],
  ['foundations', { DataBucketName: 'given', CodeBucketName: 'given' }, []],
  ['mwaa', {}, ['mwaa', bucket('mwaa')]],
  ['observability', {}, []],
])(
  'takes over what the committed template of %s keeps, with %j',
  async (stack, parameters, expected) => {
    const found = await taken(stack, parameters as any);
    expect(found.sort()).toEqual([...expected].sort());
  },
);

it('asks for nothing of a stack that is there', async () => {
  jest.mocked(findStack).mockResolvedValue({ outputs: { a: 'b' } } as any);
  expect(await taken('foundations')).toEqual([]);
  expect(findBucket).not.toHaveBeenCalled();
});

it('continues a stack that has begun to take over', async () => {
  jest.mocked(findStack).mockResolvedValue({ outputs: {} } as any);
  expect(await taken('foundations')).toHaveLength(4);
});

it.each([
  [
    'a bucket of another entity',
    () =>
      jest.mocked(findBucket).mockResolvedValue({
        name: 'x',
        tags: { 'data-lake:entity': 'component:default/other' },
      }),
    /exists and belongs to component:default\/other, not to component:default\/movielens. Choose another name/,
  ],
  [
    'a bucket of nobody',
    () => jest.mocked(findBucket).mockResolvedValue({ name: 'x', tags: {} }),
    /belongs to no entity \(it has no tag data-lake:entity\)/,
  ],
  [
    'a key that waits for its deletion',
    () =>
      jest.mocked(readKey).mockResolvedValue({
        id: 'lake',
        arn: 'arn',
        state: 'PendingDeletion',
        deletedAt: new Date('2026-12-30'),
        tags: own,
      }),
    /Key arn, which encrypts bucket .* is PendingDeletion and deleted on 2026-12-30: without it .* cancel-key-deletion/,
  ],
  [
    'a key of another',
    () =>
      jest
        .mocked(readKey)
        .mockResolvedValue({ id: 'x', arn: 'arn', state: 'Enabled', tags: {} }),
    /is not component:default\/movielens's by its tag data-lake:entity/,
  ],
  [
    'a second key, where the stack has one,',
    () =>
      jest
        .mocked(readKey)
        .mockImplementation(
          async ({ key }) =>
            ({ id: key, arn: key, state: 'Enabled', tags: own } as any),
        ),
    /Key key-of-code, which encrypts bucket .*code.*, is another than that of .*data.*, and the stack has one/,
  ],
])('says that %s is in the way, and what to do', async (_, given, message) => {
  given();
  const { problems } = await plan('foundations');
  expect(problems.join('\n')).toMatch(message);
});

it('refuses a bucket of another owner', async () => {
  authorizeBucket.mockRejectedValue(new NotAllowedError('not yours'));
  await expect(plan('foundations')).rejects.toThrow('not yours');
});
