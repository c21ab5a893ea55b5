import { defaultAllowedResourceTypes } from '../resourceTypes';
import { parseTemplate } from '../parseTemplate';

const boundary = 'arn:aws:iam::123456789012:policy/boundary';
const rules = { allowedResourceTypes: defaultAllowedResourceTypes };
const parse = (text: string) => parseTemplate(text, rules);
const yaml = (rest: string) =>
  `Resources:\n  Topic:\n    Type: AWS::SNS::Topic\n${rest}`;
const valued = (value: string) =>
  yaml(`    Properties:\n      DisplayName: ${value}\n`);
const keyed = (key: string) =>
  yaml(`    Properties:\n      DisplayName:\n        ${key}: x\n`);
const hidden = (newline: string) =>
  yaml(
    `# a comment${newline}  Evil:${newline}    Type: AWS::IAM::User${newline}    Properties: {UserName: x}\n`,
  );

/** The text that AWS gets is the one that was checked, and no parser reads another document in it. */
describe('a template that is sent', () => {
  it.each([
    '{"Resources": {"A": {"Type": "AWS::Glue::Job", "Properties": {"GlueVersion": 4.0, "MaxRetries": 9007199254740993, "Timeout": 1e2 } } } }\n',
    '\r\n{"Resources":\r\n{"A":{"Type":"AWS::SNS::Topic"}}}',
    yaml('    Properties: {DisplayName: !Sub "é ${AWS::Region}"} # comment\n'),
    yaml('    # Ünïcödé 🙂\n').replaceAll('\n', '\r\n'),
    `---\n${yaml('')}`,
  ])('is the text that was given, byte for byte: %j', text => {
    expect(parse(text).body).toBe(text);
  });

  it.each([
    '\u2028',
    '\u2029',
    '\u0085',
    '\r',
    '\0',
    '\b',
    '\v',
    '\f',
    '\u001b',
    '\u007f',
    '\u009f',
    '\ufeff',
    '\ud800',
    '\uffff',
    '\ufffe',
  ])('has no character %j, which parsers read differently', char => {
    const code = char.charCodeAt(0).toString(16).toUpperCase();
    const refusal = new RegExp(`line 4 has the character U\\+0*${code}`);
    expect(() => parse(hidden(char))).toThrow(refusal);
    expect(() => parse(`\n\n\n{"Resources": "${char}"}`)).toThrow(refusal);
  });

  it('has no bytes that are no UTF-8', () => {
    const text = Buffer.from(valued('caf\xe9'), 'latin1').toString('utf8');
    expect(() => parse(text)).toThrow(
      'line 5 has U+FFFD, which stands for bytes that are no UTF-8: save the file as UTF-8',
    );
  });

  it.each([
    'yes',
    'No',
    'on',
    'OFF',
    'y',
    'N',
    '010',
    '0o17',
    '-0x1F',
    '0b11',
    '089',
    '012345678901',
    '1_000',
    '12:30:45',
    '1:30.5',
    '1e3',
    '.5',
    '1.',
    '.inf',
    '-.INF',
    '.nan',
    '=',
    '<<',
    '2012-10-17T10:00:00Z',
    '2012-1-7',
    '+.5',
    '00.5',
    'tRue',
    'nULL',
  ])('has no value %s, which YAML 1.1 and 1.2 read differently', value => {
    expect(() => parse(valued(value))).toThrow(/line 5 has the value .*quotes/);
    expect(() => parse(keyed(value))).toThrow(/line 6 has the key .*quotes/);
    expect(parse(valued(`"${value}"`)).content).toEqual(
      parse(valued(`'${value}'`)).content,
    );
  });

  it.each([
    'true',
    'False',
    '12',
    '-3',
    '0',
    '0x1F',
    '1.5',
    '4.0',
    '~',
    'null',
    '2012-10-17',
    'a=b',
    '10.0.0.0/8',
    '1.2.3',
  ])('may have the value %s', value => {
    expect(parse(valued(value)).body).toBe(valued(value));
  });

  it.each([
    '~',
    'null',
    'true',
    '1.5',
    '-3',
    '[a]',
    '{a: 1}',
    '? [a, b]\n        ',
    '!Ref a',
  ])('has no key %s, which is no text', key => {
    expect(() => parse(keyed(key))).toThrow(/line 6 has the (key|tag) /);
  });

  it('may have whole numbers as keys, such as account ids', () => {
    expect(() => parse(keyed('123456789012'))).not.toThrow();
  });

  it.each([
    ['a directive', `%YAML 1.1\n---\n${yaml('')}`, /directive/],
    ['the end of a document', `${yaml('')}...\n`, /end of a document/],
    ['a second document', `${yaml('')}---\n${yaml('')}`, /multiple documents/],
    ['an anchor', valued('&a x'), /aliases/],
    ['an alias', valued('*a'), /aliases/],
    ['a tag of YAML', valued('!!binary aGk='), /tag tag:yaml.org,2002:binary/],
    ['a tag that CloudFormation does not have', valued('!Nope x'), /tag !Nope/],
    ['a tag of its own', valued('!<x> y'), /tag/],
    ['a tag that no space follows', valued('[!Ref, x]'), /space must follow/],
    ['a tab between tokens', valued('a\t# b'), /a tab/],
    ['a tab in a text without quotes', valued('a\tb'), /a tab/],
    ['a key twice', yaml('    Type: AWS::SNS::Topic\n'), /duplicate key Type/],
    [
      'a key twice in JSON',
      '{"Resources": {"A": {"Type": "Custom::X"}}, "Resources": {"A": {"Type": "AWS::SNS::Topic"}}}',
      /duplicate key Resources/,
    ],
    [
      'a key twice in JSON, once escaped',
      '{"Resources": {"A": {"Type": "Custom::X", "Typ\\u0065": "AWS::SNS::Topic"}}}',
      /duplicate key Type/,
    ],
  ])('has not %s', (_what, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it.each([
    [
      'lists in JSON',
      `{"Resources": ${'['.repeat(10_000)}${']'.repeat(10_000)}}`,
    ],
    [
      'objects in JSON',
      `{"Resources": ${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`,
    ],
    ['lists in YAML', `Resources: ${'['.repeat(10_000)}`],
    ['block lists in YAML', `Resources:\n  ${'- '.repeat(10_000)}x`],
    ['maps in YAML', `Resources: ${'{a: '.repeat(10_000)}`],
    ['keys in YAML', `${'? '.repeat(10_000)}x`],
    ['tags in YAML', valued(`${'!Not ['.repeat(40)}a${']'.repeat(40)}`)],
  ])('is refused in words if nested too deep: %s', (_what, text) => {
    expect(() => parse(text)).toThrow('nested more than 60 levels deep');
  });
});

/** YAML takes its parser some microseconds a token: a backend must not stand still for a minute. */
it.each([
  ['values', valued(`[${'a,'.repeat(200_000)}a]`)],
  ['lines', valued('\n'.repeat(300_000))],
  ['comments', valued(`x\n${'#\n'.repeat(200_000)}`)],
])('a template of too many tokens is refused: %s', (_what, text) => {
  expect(() => parse(text)).toThrow('more than 200000 tokens of YAML');
});

/** The first error ends the reading: each character may be one. */
it.each([
  ['braces', `A: [${'}'.repeat(190_000)}`],
  ['braces on lines', `A: [\n${' }\n'.repeat(90_000)}`],
  ['ends of lists', ']'.repeat(190_000)],
  ['texts in quotes', `A: ${'"" '.repeat(90_000)}`],
  ['indents', `A:\n  b: c\n${' d: e\n'.repeat(20_000)}`],
])('a template of many errors is refused at the first: %s', (_what, text) => {
  expect(() => parse(text)).toThrow(/not valid YAML: .*line \d+/);
});

it('names the first five ambiguities only', () => {
  const texts = [
    valued(`[${'yes, '.repeat(1_000)}x]`),
    yaml('    Properties:\n      on: x\n'),
    `{"Resources": {${'"a":1,'.repeat(100_000)}"a":1}}`,
  ];
  const counts = texts.map(text => {
    try {
      parse(text);
      return 0;
    } catch (error) {
      return (error as Error).message.split('; ').length;
    }
  });
  expect(counts).toEqual([5, 1, 5]);
});

describe('a text that gets a permissions boundary', () => {
  const bounded = (text: string) =>
    parseTemplate(text, { ...rules, permissionsBoundary: boundary }).body;
  const entry = `PermissionsBoundary: "${boundary}"`;
  const json = `"PermissionsBoundary": "${boundary}"`;

  it.each([
    [
      '{ "Resources": { "R": { "Type": "AWS::IAM::Role", "Properties": { "MaxSessionDuration": 3600.0 } } } }',
      `{ "Resources": { "R": { "Type": "AWS::IAM::Role", "Properties": {${json},  "MaxSessionDuration": 3600.0 } } } }`,
    ],
    [
      '{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {}}}}',
      `{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": {${json}}}}}`,
    ],
    [
      '{"Resources": {"R": {"Type": "AWS::IAM::Role"}, "S": {"Type": "AWS::IAM::Role"}}}',
      `{"Resources": {"R": {"Properties": { ${json} }, "Type": "AWS::IAM::Role"}, "S": {"Properties": { ${json} }, "Type": "AWS::IAM::Role"}}}`,
    ],
    [
      'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties: # why\n      Path: /\n      MaxSessionDuration: 3600.0\n',
      `Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties: # why\n      ${entry}\n      Path: /\n      MaxSessionDuration: 3600.0\n`,
    ],
    [
      'Resources:\r\n  R: {Type: AWS::IAM::Role}\r\n  S:\r\n    Type: AWS::IAM::Role\r\n',
      `Resources:\r\n  R: {Properties: { ${entry} }, Type: AWS::IAM::Role}\r\n  S:\r\n    Properties: { ${entry} }\r\n    Type: AWS::IAM::Role\r\n`,
    ],
  ])('keeps every other character: %j', (text, expected) => {
    expect(bounded(text)).toBe(expected);
  });

  it.each([
    'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties:\n',
    'Resources:\n  R:\n    Type: AWS::IAM::Role\n    Properties: !Ref x\n',
    '{"Resources": {"R": {"Type": "AWS::IAM::Role", "Properties": null}}}',
  ])('is refused if it leaves no place for it: %j', text => {
    expect(() => bounded(text)).toThrow(
      /^The permissions boundary cannot be added to R as|valid YAML/,
    );
  });
});
