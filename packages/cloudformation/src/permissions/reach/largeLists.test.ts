import { listFarReaching } from '../../change/listBroader';
import { parseTemplate } from '../../template/parseTemplate';
import { defaultTemplateRules } from '../../template/templateRules';

/** A template may hold a list of any length where CloudFormation takes one value. */
it('finds what reaches far in 150,000 roles of a function', () => {
  const Role = Array.from({ length: 150_000 }, () => 'r');
  const Properties = { Role, Code: { ZipFile: 'x' } };
  const Resources = { It: { Type: 'AWS::Lambda::Function', Properties } };
  const template = parseTemplate(
    JSON.stringify({ Resources }),
    defaultTemplateRules,
  );
  const found = listFarReaching(
    { stackName: 'lake', template, parameters: {}, tags: {} },
    { account: '123456789012', region: 'eu-west-1' },
  );
  expect(found[0]).toMatchObject({ logicalId: 'It' });
});
