import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { estimateTemplateCost, toCostLines } from './fixedCost';
import { listPrices } from './listPrices';
import { defaultAllowedResourceTypes } from '../template/resourceTypes';
import { parseTemplate } from '../template/parseTemplate';

const estimate = (Resources: object, more: object = {}) =>
  estimateTemplateCost({ content: { Resources, ...more } }, {});
const one = (Type: string, Properties: object = {}) =>
  estimate({ It: { Type, Properties } });

describe('estimateTemplateCost', () => {
  it.each([
    ['AWS::KMS::Key', {}, 1],
    ['AWS::CloudWatch::Alarm', { MetricName: 'x' }, 0.1],
    ['AWS::CloudWatch::Alarm', { MetricName: 'x', Period: 10 }, 0.3],
    [
      'AWS::CloudWatch::Alarm',
      { Metrics: [{ MetricStat: {} }, { MetricStat: {} }, { Expression: '' }] },
      0.2,
    ],
    ['AWS::CloudWatch::Dashboard', {}, 3],
    ['AWS::EC2::NatGateway', {}, 32.85],
    [
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
      14.6,
    ],
    ['AWS::EC2::VPCEndpoint', {}, 0],
    ['AWS::MWAA::Environment', { EnvironmentClass: 'mw1.medium' }, 540.2],
    ['AWS::SSM::Parameter', { Tier: 'Advanced' }, 0.05],
    ['AWS::S3::Bucket', {}, 0],
  ])('%s %j is %d dollars', (type, properties, usdPerMonth) => {
    expect(one(type, properties)).toMatchObject({ usdPerMonth, unknown: [] });
  });

  it.each([
    ['a type without a known price', 'AWS::RDS::DBInstance', {}],
    [
      'a class without one',
      'AWS::MWAA::Environment',
      { EnvironmentClass: 'x' },
    ],
    [
      'what only CloudFormation knows',
      'AWS::EC2::VPCEndpoint',
      { VpcEndpointType: 'Interface', SubnetIds: { 'Fn::ImportValue': 'x' } },
    ],
    [
      'initial capacity',
      'AWS::EMRServerless::Application',
      { InitialCapacity: [] },
    ],
    [
      'a streaming job',
      'AWS::Glue::Job',
      { Command: { Name: 'gluestreaming' } },
    ],
  ])(
    'says that %s is not known, never that it is nothing',
    (_what, type, p) => {
      const { unknown, items } = one(type, p);
      expect(unknown).toEqual([
        { logicalId: 'It', type, why: expect.stringMatching(/known|charged/) },
      ]);
      expect(items).toEqual([]);
    },
  );

  it('does not count resources that may not be created', () => {
    const Conditions = { Far: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'x'] } };
    const key = { Type: 'AWS::KMS::Key', Condition: 'Far' };
    expect(estimate({ It: key }, { Conditions }).unknown).toHaveLength(1);
  });

  it('knows each type that may be deployed by default', () => {
    const types = defaultAllowedResourceTypes.map(type => one(type));
    expect(types.flatMap(({ unknown }) => unknown)).toEqual([]);
  });

  it("tells what the data lake's own template costs, with day and region", () => {
    const file =
      '../../../../skeleton/infra/templates/foundations.template.json';
    const template = parseTemplate(
      readFileSync(join(__dirname, file), 'utf8'),
      {
        allowedResourceTypes: ['AWS::*'],
      },
    );
    const cost = estimateTemplateCost(template, {});
    expect(cost.items).toContainEqual(
      expect.objectContaining({ type: 'AWS::KMS::Key', usdPerMonth: 1 }),
    );
    expect(cost.unknown).toEqual([]);
    expect(toCostLines(cost, 'eu-west-1')[0]).toMatch(
      new RegExp(
        `^Fixed monthly cost at list price: \\$\\d+\\.\\d\\d .*us-east-1; eu-west-1 may cost more, ${listPrices.asOf}\\)$`,
      ),
    );
  });
});
