/** The permissions boundary of every role that a project's templates make. */
export const boundaryFile = 'permissions-boundary.json';

const backstage = {
  Effect: 'Allow',
  Action: 'sts:AssumeRole',
  Principal: { AWS: { Ref: 'BackstageRoleArn' } },
};

/** The roles that a platform team makes, and which files of ../../policies are attached to each. */
export const roles: Record<
  string,
  {
    readonly trusts: object[];
    /** The condition under which there is such a role; undefined: always. */
    readonly condition?: string;
    /** File → the condition under which it is attached; undefined: always. */
    readonly policies: Record<string, string | undefined>;
  }
> = {
  deploy: {
    trusts: [
      onlyIf('HasBackstage', backstage),
      onlyIf('HasGitHub', {
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: {
          Federated: {
            'Fn::Sub':
              'arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com',
          },
        },
        Condition: {
          StringEquals: {
            'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
            'token.actions.githubusercontent.com:sub': { Ref: 'GitHubSubject' },
          },
        },
      }),
    ],
    policies: { 'deploy.json': undefined, 'remove-data.json': 'RemovesData' },
  },
  status: {
    condition: 'HasBackstage',
    trusts: [backstage],
    policies: { 'status.json': undefined, 'run.json': 'StartsRuns' },
  },
  cloudformation: {
    trusts: [
      {
        Effect: 'Allow',
        Action: 'sts:AssumeRole',
        Principal: { Service: 'cloudformation.amazonaws.com' },
      },
    ],
    policies: {
      'cloudformation-iam.json': undefined,
      'cloudformation-storage.json': undefined,
      'cloudformation-services.json': undefined,
      'cloudformation-mwaa.json': 'MakesMwaa',
      'cloudformation-network.json': 'MakesNetwork',
      'cloudformation-lake-formation.json': 'GrantsLakeFormation',
    },
  },
};

function onlyIf(condition: string, statement: object) {
  return { 'Fn::If': [condition, statement, { Ref: 'AWS::NoValue' }] };
}
