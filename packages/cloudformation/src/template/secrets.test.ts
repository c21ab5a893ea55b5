import { aSpec } from '../__testUtils__';
import { maskOutputs, redact, redactError } from './secrets';
import { parseTemplate } from '../template/parseTemplate';

const template = parseTemplate(
  JSON.stringify({
    Parameters: {
      Password: { Type: 'String', NoEcho: true },
      Pin: { Type: 'String', NoEcho: 'true' },
      Name: { Type: 'String' },
    },
    Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
    Outputs: {
      Plain: { Value: { Ref: 'Name' } },
      Direct: { Value: { Ref: 'Password' } },
      Inside: { Value: { 'Fn::Join': ['', ['a', { Ref: 'Pin' }]] } },
      Text: { Value: { 'Fn::Sub': 'x ${Password} ${Name}' } },
      Dynamic: { Value: '{{resolve:secretsmanager:x:SecretString}}' },
      Secure: { Value: { 'Fn::Sub': '{{resolve:ssm-secure:/x/${Name}}}' } },
      Attribute: { Value: { 'Fn::GetAtt': ['Topic', 'TopicName'] } },
    },
  }),
  { allowedResourceTypes: ['AWS::SNS::Topic'] },
);
const parameters = { Password: 'hunter2', Pin: '1', Name: 'movies' };
const spec = aSpec({ template, parameters });

describe('maskOutputs', () => {
  it('masks values derived from secrets, by name and by value', () => {
    const all = Object.fromEntries(template.outputNames.map(n => [n, n]));
    expect(
      maskOutputs(spec, { ...all, Attribute: 'x-hunter2', New: 'y' }),
    ).toEqual({
      Plain: 'Plain',
      Direct: '****',
      Inside: '****',
      Text: '****',
      Dynamic: '****',
      Secure: '****',
      Attribute: '****',
      New: 'y',
    });
  });
});

describe('redact', () => {
  it('removes values of NoEcho parameters, and keeps others and short ones', () => {
    expect(redact(spec, "Value 'hunter2' of movies, 1 time")).toBe(
      "Value '****' of movies, 1 time",
    );
  });

  it('masks other secrets too, which no parameter has', () => {
    expect(redact(spec, 'failed: {"--api-key":"abc"}, movies')).toBe(
      'failed: {"--api-key":"****"}, movies',
    );
  });

  it('does so in an error and in those that caused it', () => {
    const cause = new Error('hunter2 is bad');
    const error = redactError(spec, new Error('no: hunter2', { cause }));
    expect(error.message).toBe('no: ****');
    expect(error.stack).not.toContain('hunter2');
    expect(cause.message).toBe('**** is bad');
  });
});

describe('a default that is a secret', () => {
  it('is taken out too', () => {
    const withDefault = parseTemplate(
      JSON.stringify({
        Parameters: {
          Password: { Type: 'String', NoEcho: true, Default: 'hunter22' },
        },
        Resources: { Topic: { Type: 'AWS::SNS::Topic' } },
      }),
      { allowedResourceTypes: ['AWS::SNS::Topic'] },
    );
    const unsaid = aSpec({ template: withDefault, parameters: {} });
    expect(redact(unsaid, 'login with hunter22')).toBe('login with ****');
  });
});
