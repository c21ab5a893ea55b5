import { defaultAllowedResourceTypes, isAllowedType } from './resourceTypes';
import { parseTemplate } from './parseTemplate';
import { toTemplateRules } from './templateRules';

const parse = (text: string) =>
  parseTemplate(text, { allowedResourceTypes: defaultAllowedResourceTypes });
const json = (template: object) => parse(JSON.stringify(template));
const topic = { Topic: { Type: 'AWS::SNS::Topic' } };

describe('parseTemplate', () => {
  it('reads JSON and YAML with short tags', () => {
    const yaml = parse(`
Parameters:
  Secret: {Type: String, NoEcho: true}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties: {TopicName: !Sub 'x-\${AWS::Region}', DisplayName: !Ref Secret}
Outputs:
  Arn: {Value: !GetAtt Topic.TopicArn}
`);
    expect(yaml.resourceTypes).toEqual({ Topic: 'AWS::SNS::Topic' });
    expect(yaml.parameters).toEqual({
      Secret: { hasDefault: false, noEcho: true },
    });
    expect(yaml.outputNames).toEqual(['Arn']);
    expect(yaml.content).toMatchObject({
      Resources: {
        Topic: {
          Properties: {
            TopicName: { 'Fn::Sub': 'x-${AWS::Region}' },
            DisplayName: { Ref: 'Secret' },
          },
        },
      },
      Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Topic', 'TopicArn'] } } },
    });
    expect(json({ Resources: topic }).resourceTypes).toEqual(
      yaml.resourceTypes,
    );
  });

  it.each([
    'true',
    'True',
    '"true"',
    '"yes"',
    "'Yes'",
    '"on"',
    '"y"',
    'whatever',
  ])('takes NoEcho: %s for a secret, with its default', value => {
    const { parameters } = parse(`
Parameters:
  Secret: {Type: String, NoEcho: ${value}, Default: hunter22}
Resources: {Topic: {Type: AWS::SNS::Topic}}
`);
    expect(parameters.Secret).toEqual({
      hasDefault: true,
      noEcho: true,
      secret: 'hunter22',
    });
  });

  it.each(['false', '"no"', "'Off'"])('takes NoEcho: %s for none', value => {
    const { parameters } = parse(`
Parameters:
  Open: {Type: String, NoEcho: ${value}, Default: seen}
Resources: {Topic: {Type: AWS::SNS::Topic}}
`);
    expect(parameters.Open).toEqual({ hasDefault: true, noEcho: false });
  });

  it('reads YAML of many keys in time', () => {
    const many = Array.from({ length: 20_000 }, (_, i) => `  K${i}: x`);
    const start = Date.now();
    parse(
      `Metadata:\n${many.join('\n')}\nResources: {A: {Type: AWS::SNS::Topic}}`,
    );
    // each with each took a minute
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it.each([
    'AWS::CloudFormation::Stack',
    'AWS::CloudFormation::StackSet',
    'AWS::CloudFormation::Macro',
    'AWS::CloudFormation::HookVersion',
    'AWS::CloudFormation::HookDefaultVersion',
    'AWS::CloudFormation::HookTypeConfig',
    'AWS::CloudFormation::GuardHook',
    'AWS::CloudFormation::LambdaHook',
    'AWS::CloudFormation::ModuleVersion',
    'AWS::CloudFormation::ModuleDefaultVersion',
    'AWS::CloudFormation::ResourceVersion',
    'AWS::CloudFormation::ResourceDefaultVersion',
    'AWS::CloudFormation::TypeActivation',
    'AWS::CloudFormation::WhateverComesNext',
    'AWS::Serverless::Application',
    'AWS::ServiceCatalog::CloudFormationProvisionedProduct',
    'My::Own::Thing::MODULE',
  ])(
    'accepts %s, whose content is not checked, by its full name only',
    Type => {
      const text = JSON.stringify({ Resources: { A: { Type } } });
      const allow = (...allowedResourceTypes: string[]) =>
        parseTemplate(text, { allowedResourceTypes });
      expect(() =>
        allow('*', 'AWS::*', 'AWS::CloudFormation::*', 'My::*'),
      ).toThrow(/resources or code that were not checked/);
      expect(allow(Type).resourceTypes).toEqual({ A: Type });
    },
  );

  it.each([
    [
      'a macro',
      { Transform: 'AWS::Include', Resources: topic },
      /macro AWS::Include/,
    ],
    [
      'a macro somewhere inside',
      {
        Resources: {
          Topic: {
            Type: 'AWS::SNS::Topic',
            Properties: { A: [{ 'Fn::Transform': { Name: 'x' } }] },
          },
        },
      },
      /macro x, which allowedMacros does not list/,
    ],
    [
      'custom resources, of both spellings',
      {
        Resources: {
          A: { Type: 'Custom::Run' },
          B: { Type: 'AWS::CloudFormation::CustomResource' },
        },
      },
      /A is a custom resource.*B is a custom resource/,
    ],
    [
      'a type that is not listed',
      { Resources: { A: { Type: 'AWS::EC2::Instance' } } },
      /AWS::EC2::Instance.*allowedResourceTypes/,
    ],
    ['no resources', { Resources: {} }, /no resources/],
    ['something else', { hello: 1 }, /not a CloudFormation template/],
  ])('refuses %s', (_what, template, message) => {
    expect(() => json(template)).toThrow(message);
  });

  it('names the settings of the caller', () => {
    const template = {
      Transform: 'AWS::Include',
      Resources: { A: { Type: 'AWS::EC2::Instance' } },
    };
    const settings = {
      accounts: [],
      settingNames: {
        allowedResourceTypes: 'a.types',
        allowedMacros: 'a.macros',
      },
    };
    expect(() =>
      parseTemplate(JSON.stringify(template), toTemplateRules(settings, '1')),
    ).toThrow(/which a.macros does not list.*which a.types does not list/);
  });

  it.each([
    [
      '!Transform',
      'Resources:\n  A: {Type: "AWS::SNS::Topic", Properties: !Transform {Name: x}}\n',
      /macro x/,
    ],
    [
      'aliases',
      'Resources: &r\n  A: {Type: "AWS::SNS::Topic"}\nB: *r\n',
      /aliases/,
    ],
    [
      'a key twice',
      'Resources: {}\nResources: {}\n',
      /duplicate key Resources/,
    ],
    ['deep nesting', `Resources: ${'['.repeat(5000)}`, /YAML|deep/],
    ['not YAML', 'Resources: {', /YAML/],
  ])('refuses YAML with %s', (_what, text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('refuses deep and large templates', () => {
    const deep = `{"Resources": ${'{"a":'.repeat(100)}1${'}'.repeat(100)}}`;
    expect(() => parse(deep)).toThrow(/60 levels/);
    expect(() => parse(' '.repeat(2 ** 20 + 1))).toThrow(/1048576/);
  });
});

describe('isAllowedType', () => {
  it('accepts types and patterns', () => {
    expect(isAllowedType('AWS::Glue::Job', ['AWS::Glue::*'])).toBe(true);
    expect(isAllowedType('AWS::GlueX::Job', ['AWS::Glue::*'])).toBe(false);
    expect(isAllowedType('AWS::S3::BucketPolicy', ['AWS::S3::Bucket'])).toBe(
      false,
    );
  });
});
