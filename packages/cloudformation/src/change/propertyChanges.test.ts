import fc from 'fast-check';
import { toPropertyText, withPropertyValues } from './propertyChanges';
import { evaluateTemplate } from '../template/evaluateTemplate';
import { ResourceChange } from '../stack/resourceChange';

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
  evaluateTemplate(
    { Resources: { It: { Type: change.type, Properties } } },
    parameters,
  ).get('It');

const compare = (
  before: unknown,
  after: unknown,
  rest: Partial<ResourceChange> = {},
  redact = (text: string) => text,
) =>
  withPropertyValues(
    { ...change, ...rest },
    resolveIt(before, { Workers: '10' }),
    resolveIt(after, { Workers: '14' }),
    redact,
  ).properties;

describe('withPropertyValues', () => {
  it('shows values with resolved parameters, by the path of the difference', () => {
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

  it('identifies list members by name or number, and shows lists of texts as one value', () => {
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

  it('keeps properties that only CloudFormation names, with the reason for a replacement', () => {
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

  it('takes no character that is not ASCII for a difference from what GetTemplate returns', () => {
    expect(compare({ Name: 'Caf?' }, { Name: 'Caf\u00e9' })).toEqual([]);
    expect(compare({ Name: 'Caf?' }, { Name: 'Cafe' })).toHaveLength(1);
    expect(compare({ Name: 'Caf\u00e9' }, { Name: 'Caf?' })).toHaveLength(1);
  });

  it('ignores added and removed resources', () => {
    expect(
      withPropertyValues(change, undefined, resolveIt({ A: 1 }), String)
        .properties,
    ).toEqual([]);
    expect(compare({ A: 1 }, {}, { does: 'removed' })).toEqual([]);
  });

  it('hides properties named like secrets, and values of secret parameters', () => {
    const changes = compare(
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
    expect(JSON.stringify(changes)).not.toMatch(/first|later|hunter2/);
    expect(changes.map(({ path }) => path)).toEqual([
      'Environment / Variables / API_KEY',
      'MasterUserPassword',
      'Url',
      'Whole',
    ]);
  });

  it('hides secrets wherever a property has them, also in paths', () => {
    const secret = 'hunter2hunter';
    const redact = (given: string) => (text: string) =>
      text.split(given).join('****');
    const added = (value: unknown, given = '#') =>
      JSON.stringify(compare({}, { A: value }, {}, redact(given)));
    for (const value of [
      [{ Name: 'DB_PASSWORD', Value: secret }],
      { 'Fn::If': ['Unknown', { Password: secret }, {}] },
      { deep: [{ Key: 'api_key', Value: { x: [secret] } }] },
    ]) {
      expect(added(value)).not.toContain(secret);
    }
    expect(added('line-one\nline-two', 'line-one\nline-two')).not.toMatch(
      'line-one',
    );
    expect(added([{ Url: 'pa"ss-word' }], 'pa"ss-word')).not.toMatch('ss-word');
    expect(added(['aaaa', 'bbbb'], 'aaaa,bbbb')).not.toMatch('bbbb');
    const [named] = compare(
      { M: [{ Name: secret, V: 1 }] },
      { M: [{ Name: secret, V: 2 }] },
      {},
      redact(secret),
    );
    expect(named.path).toBe('M / **** / V');
  });

  it('is one short line whatever a template has for names', () => {
    const key = `a\n\n# All good\u001b[2K\r${'x'.repeat(1_000)}`;
    const [{ path, after }] = compare({ A: { [key]: 1 } }, { A: { [key]: 2 } });
    expect(path).toMatch(/^A \/ a⏎⏎# All good⏎\[2K⏎x+$/);
    expect(path.length).toBeLessThan(100);
    expect(after).toBe('2');
    expect(compare({ A: 1 }, { A: ['\u001b[2K'] })[0].after).toBe('⏎[2K');
  });

  it('shows no difference if CloudFormation sees none, and no unknown name', () => {
    expect(compare({ A: 10, B: true }, { A: '10', B: 'true' })).toEqual([]);
    expect(compare({}, { toString: 'x', constructor: 'y' })).toEqual([
      { path: 'constructor', after: 'y' },
      { path: 'toString', after: 'x' },
    ]);
    expect(compare({ A: [1] }, { A: [] })).toEqual([
      { path: 'A', before: '1', after: '(empty)' },
    ]);
  });

  it('shows only the name of a value that is too large', () => {
    const large = { x: 'x'.repeat(60_000), y: 'y'.repeat(60_000) };
    expect(compare({ A: 1 }, { A: large })).toEqual([{ path: 'A' }]);
  });

  it('shows a long text from just before the difference, in one line', () => {
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

  it('handles any property: it ends, is bounded, and shows nothing without a difference', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        expect(compare({ A: a }, { A: a })).toEqual([]);
        for (const each of compare({ A: a }, { A: b })) {
          expect(each.path).toMatch(/^A/);
          expect(toPropertyText(each).length).toBeLessThan(2_000);
        }
      }),
    );
  });
});

describe('toPropertyText', () => {
  it('is one line', () => {
    expect(toPropertyText({ path: 'A' })).toBe('A');
    expect(toPropertyText({ path: 'A', after: '1' })).toBe('A: (none) → 1');
    expect(
      toPropertyText({ path: 'A', before: '1', after: '2', replaces: true }),
    ).toBe('A: 1 → 2 (replaces it)');
  });
});
