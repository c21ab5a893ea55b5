import { AwsClients } from '@data-lake/aws';
import { listRolePolicies } from './listRolePolicies';

/** Policies of a role, unless its account has more, and the most that an account can get. */
const usualQuota = 10;
const highestQuota = 25;

/** Those that a project attaches to the role of its Airflow. */
const attached = 1;

/** What stands against, or may stand against, another project on an MWAA environment. @public */
export interface RoleQuotaFinding {
  text: string;
  /** Whether it is certain: otherwise the account may have a higher quota, which this cannot see. */
  isCertain: boolean;
}

/**
 * Finds whether the execution role of a shared MWAA environment has room for the policies of one more environment of a
 * project. Without room, CloudFormation fails in the middle of a deployment.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
 * @param options - `prefix`: `P-E` of the environment, whose own policies do not count
 * @public
 */
export async function findRoleQuota(options: {
  clients: AwsClients;
  role: string;
  prefix: string;
  signal?: AbortSignal;
}): Promise<RoleQuotaFinding | undefined> {
  const { role, prefix } = options;
  const others = (await listRolePolicies(options)).filter(
    arn => !arn.split('/').at(-1)!.startsWith(`${prefix}-`),
  );
  const total = others.length + attached;
  if (total <= usualQuota) return undefined;
  const isCertain = total > highestQuota;
  return {
    isCertain,
    text: `Role ${role} of the MWAA environment has ${
      others.length
    } managed policies, and the deployment attaches ${attached}: ${
      isCertain
        ? `more than ${highestQuota} is not possible`
        : `more than ${usualQuota} needs a raised quota of IAM (managed policies attached to a role)`
    }. Choose another MWAA environment, or merge policies of the role`,
  };
}
