import fc from 'fast-check';
import { evaluateTemplate } from './evaluateTemplate';

const resolve = (template: object, parameters: Record<string, string> = {}) =>
  Object.fromEntries(evaluateTemplate(template, parameters));
const one = (Value: unknown, rest: object = {}) => ({
  Parameters: { Name: { Default: 'movies' }, Many: { Default: 3 } },
  Mappings: { Of: { movies: { size: 'large' } } },
  ...rest,
  Resources: { A: { Type: 'T', Properties: { Value } } },
});

describe('evaluateTemplate', () => {
  it.each([
    [{ Ref: 'Name' }, 'movies'],
    [{ Ref: 'Many' }, '3'],
    [{ Ref: 'Other' }, { Ref: 'Other' }],
    [{ Ref: 'toString' }, { Ref: 'toString' }],
    [
      { 'Fn::Sub': '${Name}/${Other}/${!Name}/${AWS::Region}' },
      'movies/${Other}/${!Name}/${AWS::Region}',
    ],
    [{ 'Fn::Sub': ['${x}', { x: { Ref: 'Name' } }] }, 'movies'],
    [{ 'Fn::FindInMap': ['Of', { Ref: 'Name' }, 'size'] }, 'large'],
    [[{ Ref: 'AWS::NoValue' }, 1], [1]],
    [{ a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ])('works out %j', (value, expected) => {
    expect(resolve(one(value)).A.properties.Value).toEqual(expected);
  });

  it('omits resources excluded by a condition, and keeps those with an unknown one', () => {
    const equals = (a: unknown, b: unknown) => ({ 'Fn::Equals': [a, b] });
    const template = {
      Parameters: { Env: { Type: 'String', Default: 'dev' } },
      Conditions: {
        Prod: equals({ Ref: 'Env' }, 'prod'),
        Not: { 'Fn::Not': [{ Condition: 'Prod' }] },
        Both: { 'Fn::And': [{ Condition: 'Prod' }, { Condition: 'Open' }] },
        Either: { 'Fn::Or': [{ Condition: 'Not' }, { Condition: 'Open' }] },
        Open: equals({ Ref: 'AWS::Region' }, 'x'),
        Circle: { Condition: 'Circle' },
      },
      Resources: Object.fromEntries(
        ['Prod', 'Not', 'Both', 'Either', 'Open', 'Circle'].map(Condition => [
          Condition,
          { Type: 'T', Condition },
        ]),
      ),
    };
    const made = (Env: string) => Object.keys(resolve(template, { Env }));
    expect(made('dev')).toEqual(['Not', 'Either', 'Open', 'Circle']);
    expect(made('prod')).toEqual(['Prod', 'Both', 'Either', 'Open', 'Circle']);
  });

  it('accepts any template, even an invalid one', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (value, conditions) => {
        const json = (x: unknown) => JSON.parse(JSON.stringify(x ?? null));
        for (const name of ['Fn::If', 'Fn::Sub', 'Fn::FindInMap', 'Ref']) {
          const template = one(
            { [name]: safe(value) },
            { Conditions: { C: safe(conditions) }, Mappings: safe(value) },
          );
          expect(() => resolve(json(template))).not.toThrow();
        }
      }),
    );
  });
});

/** Values as JSON has them. */
function safe(value: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(value) ?? 'null');
  } catch {
    return null;
  }
}
