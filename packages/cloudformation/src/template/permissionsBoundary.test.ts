import { defaultAllowedResourceTypes } from './resourceTypes';
import { parseTemplate } from './parseTemplate';

const permissionsBoundary = 'arn:aws:iam::123456789012:policy/boundary';
const rules = {
  allowedResourceTypes: defaultAllowedResourceTypes,
  permissionsBoundary,
};
const role = (Properties: object) => ({ Type: 'AWS::IAM::Role', Properties });
const parse = (Resources: object) =>
  parseTemplate(JSON.stringify({ Resources }), rules);

describe('a permissions boundary', () => {
  it('is added to each role without one in the sent template', () => {
    const { body, content } = parse({
      Bare: role({ Path: '/' }),
      Topic: { Type: 'AWS::SNS::Topic' },
    });
    const added = {
      Resources: {
        Bare: role({ Path: '/', PermissionsBoundary: permissionsBoundary }),
        Topic: { Type: 'AWS::SNS::Topic' },
      },
    };
    expect(content).toEqual(added);
    expect(JSON.parse(body)).toEqual(added);
  });

  it('is added to YAML too, and changes the digest', () => {
    const yaml =
      'Resources:\n  A: {Type: AWS::IAM::Role, Properties: {Path: !Sub "/"}}\n';
    const bounded = parseTemplate(yaml, rules);
    const plain = parseTemplate(yaml, {
      ...rules,
      permissionsBoundary: undefined,
    });
    const { content } = parseTemplate(bounded.body, rules);
    expect(content).toEqual(bounded.content);
    expect((content as any).Resources.A.Properties).toEqual({
      Path: { 'Fn::Sub': '/' },
      PermissionsBoundary: permissionsBoundary,
    });
    expect(plain.body).toBe(yaml);
    expect(bounded.digest).not.toBe(plain.digest);
  });

  it('may be there, and no other may', () => {
    const own = role({ PermissionsBoundary: permissionsBoundary });
    expect(parse({ Own: own }).content).toEqual({ Resources: { Own: own } });
    const other = role({ PermissionsBoundary: { Ref: 'Any' } });
    expect(() => parse({ Other: other })).toThrow(
      /Other must have the permissions boundary arn.*and has another; remove that one/,
    );
  });
});
