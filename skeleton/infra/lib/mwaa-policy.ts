/**
 * Returns the extra policy of the MWAA execution role with placeholders, for review or for attaching it by
 * hand. It comes from the template, so the two cannot differ.
 */
export function mwaaPolicy(template: {
  Resources: Record<string, { Properties: Record<string, unknown> }>;
}): string {
  const document = template.Resources.MwaaPolicy?.Properties.PolicyDocument as
    { Statement: Statement[] } | undefined;
  if (!document) throw new Error('The template has no managed policy MwaaPolicy');
  // Of either compute, where AWS::NoValue means none.
  const statements = document.Statement.flatMap((each) =>
    'Fn::If' in each ? each['Fn::If'].slice(1) : [each],
  ).filter((each) => !JSON.stringify(each).includes('AWS::NoValue'));
  const policy = { Version: '2012-10-17', Statement: statements };
  return `${JSON.stringify(policy, withPlaceholders, 2)}\n`;
}

type Statement = object | { 'Fn::If': [condition: string, onEmr: object, onServerless: object] };

const PLACEHOLDERS: Record<string, string> = {
  'AWS::Partition': 'aws',
  'AWS::Region': '<region>',
  'AWS::AccountId': '<account>',
  'Key.Arn': '<kms-key-arn>',
  Project: '<project>',
  Environment: '<environment>',
  EmrServerlessApplication: '<emr-serverless-application-id>',
};

const placeholder = (name: string) => {
  const known = PLACEHOLDERS[name];
  if (known === undefined) throw new Error(`There is no placeholder for ${name}`);
  return known;
};

function withPlaceholders(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('Ref' in value) return placeholder(value.Ref as string);
  if ('Fn::GetAtt' in value) return placeholder((value['Fn::GetAtt'] as string[]).join('.'));
  if ('Fn::Sub' in value) {
    return (value['Fn::Sub'] as string).replace(/\$\{([^}]+)\}/g, (_, name: string) => placeholder(name));
  }
  return value;
}
