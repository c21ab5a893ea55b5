import fc from 'fast-check';
import { propertyText, withValues } from './propertyChanges';
import { resolveResources } from './resolve';
import { ResourceChange } from './resourceChange';

const change: ResourceChange = {
  logicalId: 'It',
  type: 'AWS::X::Y',
  does: 'changed',
  properties: [],
  stateful: false,
};

const resolveIt = (
  Properties: unknown,
  parameters: Record<string, string> = {},
) =>
  resolveResources(
    { Resources: { It: { Type: change.type, Properties } } },
    parameters,
  ).get('It');

const compare = (
  before: unknown,
  after: unknown,
  rest: Partial<ResourceChange> = {},
  redact = (text: string) => text,
) =>
  withValues(
    { ...change, ...rest },
    resolveIt(before, { Workers: '10' }),
    resolveIt(after, { Workers: '14' }),
    redact,
  ).properties;

describe('withValues', () => {
  it('tells values with their parameters filled in, by the path of what differs', () => {
    expect(
      compare(
        {
          NumberOfWorkers: { Ref: 'Workers' },
          DefaultArguments: { '--release': 'a', '--same': 's' },
        },
        {
          NumberOfWorkers: { Ref: 'Workers' },
          DefaultArguments: { '--release': 'b', '--same': 's' },
          Timeout: 5,
        },
      ),
    ).toEqual([
      { path: 'DefaultArguments / --release', before: 'a', after: 'b' },
      { path: 'NumberOfWorkers', before: '10', after: '14' },
      { path: 'Timeout', after: '5' },
    ]);
  });

  it('tells the members of a list by name, or by number, and lists of texts as one value', () => {
    const policies = (Action: string[]) => ({
      Policies: [
        { PolicyName: 'Other' },
        {
          PolicyName: 'Read',
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action }] },
        },
      ],
    });
    expect(
      compare(policies(['s3:GetObject']), policies(['s3:GetObject', 's3:Put'])),
    ).toEqual([
      {
        path: 'Policies / Read / PolicyDocument / Statement / 1 / Action',
        before: 's3:GetObject',
        after: 's3:GetObject, s3:Put',
      },
    ]);
  });

  it('keeps what CloudFormation names and the templates do not tell, and why it replaces', () => {
    const same = { Name: { 'Fn::GetAtt': ['Other', 'Arn'] } };
    expect(
      compare(same, same, { properties: [{ path: 'Name', replaces: true }] }),
    ).toEqual([{ path: 'Name', replaces: true }]);
    const named = { properties: [{ path: 'Name', replaces: true }] };
    expect(
      compare({ Name: 'a' }, { Name: { 'Fn::GetAtt': 'B.Arn' } }, named),
    ).toEqual([
      { path: 'Name', before: 'a', after: '${B.Arn}', replaces: true },
    ]);
  });

  it('says nothing of what is added or removed', () => {
    expect(
      withValues(change, undefined, resolveIt({ A: 1 }), String).properties,
    ).toEqual([]);
    expect(compare({ A: 1 }, {}, { does: 'removed' })).toEqual([]);
  });

  it('hides what is named like a secret, and what is given as one', () => {
    const told = compare(
      {
        MasterUserPassword: 'first-one',
        Environment: { Variables: { API_KEY: 'first-two' } },
        Url: 'x',
      },
      {
        MasterUserPassword: 'later-one',
        Environment: { Variables: { API_KEY: 'later-two' } },
        Url: 'https://me:hunter2@host',
        Whole: { Password: 'later-three' },
      },
      {},
      text => text.replace('hunter2', '****'),
    );
    expect(JSON.stringify(told)).not.toMatch(/first|later|hunter2/);
    expect(told.map(({ path }) => path)).toEqual([
      'Environment / Variables / API_KEY',
      'MasterUserPassword',
      'Url',
      'Whole',
    ]);
  });

  it('shows a long text from just before where it differs, in one line', () => {
    const code = (last: string) => `${'line\n'.repeat(200)}return ${last}`;
    const [{ before, after }] = compare(
      { Code: code('one') },
      { Code: code('two') },
    );
    expect(before).toMatch(/^….*⏎return one$/);
    expect(after).toMatch(/^….*⏎return two$/);
    expect(`${before}${after}`).not.toContain('\n');
  });

  it('names a property alone that differs in too many parts', () => {
    const many = (value: number) => ({
      Map: Object.fromEntries(
        Array.from({ length: 21 }, (_, at) => [`k${at}`, value]),
      ),
    });
    expect(compare(many(1), many(2))).toEqual([{ path: 'Map' }]);
  });

  it('takes any property for what it is: it ends, is bounded, and is silent where nothing differs', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(compare({ A: a }, { A: a })).toEqual([]);
        for (const each of compare({ A: a }, { A: b })) {
          expect(each.path).toMatch(/^A/);
          expect(propertyText(each).length - each.path.length).toBeLessThan(
            450,
          );
        }
      }),
    );
  });
});

describe('propertyText', () => {
  it('is one line', () => {
    expect(propertyText({ path: 'A' })).toBe('A');
    expect(propertyText({ path: 'A', after: '1' })).toBe('A: (none) → 1');
    expect(
      propertyText({ path: 'A', before: '1', after: '2', replaces: true }),
    ).toBe('A: 1 → 2 (replaces it)');
  });
});
