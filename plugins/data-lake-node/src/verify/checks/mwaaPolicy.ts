import { ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { calling, listPages } from '@data-lake/aws';
import { asList } from '@data-lake/cloudformation';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { listResourcesOfType, VerifyContext } from '../VerifyContext';

/** The MWAA environment's execution role has the managed policies that the stacks attach to it. */
export const mwaaPolicyCheck: ProjectCheck = {
  id: 'mwaa-policy',
  title: "The MWAA execution role has the project's policies",
  async run(context) {
    const role = context.files.deployment.parameters.MwaaExecutionRoleName;
    const expected = listResourcesOfType(
      context,
      'AWS::IAM::ManagedPolicy',
    ).filter(({ properties }) => asList(properties.Roles).includes(role));
    if (expected.length === 0) {
      return unknown(
        `No stack attaches a policy to role ${role}`,
        'Deploy the environment',
      );
    }
    const attached = await listAttachedPolicies(context, role);
    const missing = expected
      .map(({ physicalId }) => physicalId!)
      .filter(arn => !attached.includes(arn));
    return missing.length > 0
      ? failed(
          `Role ${role} lacks ${missing.join(', ')}`,
          'Attach it to the role: the DAG needs it',
        )
      : passed(`Role ${role} has all ${expected.length}`);
  },
};

/**
 * Lists ARNs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 */
function listAttachedPolicies(
  { clients, signal }: VerifyContext,
  role: string,
): Promise<string[]> {
  return listPages(async Marker => {
    const page = await calling(
      {
        what: `listing the policies of role ${role}`,
        action: 'iam:ListAttachedRolePolicies',
      },
      () =>
        clients.iam.send(
          new ListAttachedRolePoliciesCommand({ RoleName: role, Marker }),
          { abortSignal: signal },
        ),
    );
    const arns = (page.AttachedPolicies ?? []).map(p => p.PolicyArn!);
    return { items: arns, next: page.Marker };
  });
}
