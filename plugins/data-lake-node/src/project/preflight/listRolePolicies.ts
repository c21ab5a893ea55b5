import { ListAttachedRolePoliciesCommand } from '@aws-sdk/client-iam';
import { AwsClients, calling, listPages } from '@data-lake/aws';

/**
 * Lists the ARNs of the managed policies of a role.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAttachedRolePolicies.html
 */
export function listRolePolicies(options: {
  clients: AwsClients;
  role: string;
  signal?: AbortSignal;
}): Promise<string[]> {
  const { clients, role, signal } = options;
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
