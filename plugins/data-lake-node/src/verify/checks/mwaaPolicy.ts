import { asList } from '@data-lake/cloudformation';
import { listRolePolicies } from '../../project/preflight/listRolePolicies';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { listResourcesOfType } from '../VerifyContext';

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
    const { clients, signal } = context;
    const attached = await listRolePolicies({ clients, role, signal });
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
