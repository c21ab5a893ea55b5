import { aSpec, aStack } from '../__testUtils__';
import { describeChange } from './describeChange';
import { ResourceChange } from '../stack/resourceChange';
import { readStackParameters } from '../stack/stack';
import { readStackTemplate } from '../stack/stackTemplate';
import { parseTemplate } from '../template/parseTemplate';

jest.mock('../stack/stack');
jest.mock('../stack/stackTemplate');

const target = { account: '123456789012', region: 'eu-west-1' };
const changed: ResourceChange = {
  logicalId: 'Topic',
  type: 'AWS::SNS::Topic',
  does: 'changed',
  properties: [],
  stateful: false,
};
const content = (noEcho: string[], text: unknown) => ({
  Parameters: Object.fromEntries(
    ['Name', 'Key'].map(name => [
      name,
      { Type: 'String', ...(noEcho.includes(name) && { NoEcho: true }) },
    ]),
  ),
  Resources: {
    Topic: { Type: changed.type, Properties: { DisplayName: text } },
  },
});
const text = (by: string) => ({ 'Fn::Sub': `\${Name}${by}\${Key}` });

async function describeIt(options: {
  former: string[];
  now: string[];
  parameters?: Record<string, string>;
}) {
  jest
    .mocked(readStackTemplate)
    .mockResolvedValue(content(options.former, text('-')));
  jest
    .mocked(readStackParameters)
    .mockResolvedValue({ Name: 'former-name', Key: 'former-key' });
  const template = parseTemplate(
    JSON.stringify(content(options.now, text('+'))),
    { allowedResourceTypes: ['AWS::SNS::*'] },
  );
  const described = await describeChange({
    clients: { target } as any,
    spec: aSpec({ template, parameters: options.parameters ?? {} }),
    does: 'update',
    resources: [changed],
    stack: aStack(),
  });
  return described.resources[0].properties;
}

describe('describeChange', () => {
  it('shows the former and the new value of a property, each with its parameters', async () => {
    const parameters = { Name: 'later-name' };
    expect(await describeIt({ former: [], now: [], parameters })).toEqual([
      {
        path: 'DisplayName',
        before: 'former-name-former-key',
        after: 'later-name+former-key',
      },
    ]);
  });

  it.each([
    ['is', ['Key'], ['Key']],
    ['was', ['Key'], []],
    ['becomes', [], ['Key']],
  ])('tells no value of a parameter that %s NoEcho', async (_, former, now) => {
    const [kept] = await describeIt({ former, now });
    expect(kept.before).toBe('former-name-${Key}');
    expect(kept.after).toBe('former-name+${Key}');
    const parameters = { Key: 'later-key' };
    const given = await describeIt({ former, now: ['Key'], parameters });
    expect(given[0].after).toBe('former-name+${Key (given)}');
    expect(JSON.stringify(given)).not.toMatch(/(former|later)-key/);
  });

  it.each([
    ['a value', 'arn:aws:s3:::one/*', 'arn:aws:s3:::payroll/*', undefined],
    ['a condition', '', '*', 'Given'],
  ])(
    'counts a value that becomes a secret as unknown: a permission is broader by %s',
    async (_, former, Resource, Condition) => {
      const policy = (resource: unknown, NoEcho: boolean) => ({
        Parameters: { S: { Type: 'String', NoEcho } },
        Conditions: {
          Given: { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'S' }, ''] }] },
        },
        Resources: {
          Policy: {
            Type: 'AWS::IAM::ManagedPolicy',
            Condition,
            Properties: {
              PolicyDocument: {
                Statement: {
                  Effect: 'Allow',
                  Action: 's3:*',
                  Resource: resource,
                },
              },
            },
          },
        },
      });
      jest
        .mocked(readStackTemplate)
        .mockResolvedValue(policy(Condition ? Resource : { Ref: 'S' }, false));
      jest.mocked(readStackParameters).mockResolvedValue({ S: former });
      const template = parseTemplate(JSON.stringify(policy(Resource, true)), {
        allowedResourceTypes: ['AWS::IAM::*'],
      });
      const { broader } = await describeChange({
        clients: { target } as any,
        spec: aSpec({ template, parameters: { S: 'x' } }),
        does: 'update',
        resources: [],
        stack: aStack(),
      });
      expect(broader.filter(each => !each.farReaching)).toHaveLength(1);
    },
  );

  it('refuses what CloudFormation reads in the template and nobody checked', async () => {
    const template = parseTemplate(JSON.stringify(content([], 'x')), {
      allowedResourceTypes: ['AWS::SNS::*'],
    });
    const evil = { ...changed, logicalId: 'Evil', type: 'AWS::IAM::User' };
    await expect(
      describeChange({
        clients: { target } as any,
        spec: aSpec({ template, parameters: {} }),
        does: 'create',
        resources: [changed, evil],
        changeSetName: 'x',
      }),
    ).rejects.toThrow(/does not have: Evil \(AWS::IAM::User\)/);
  });
});
