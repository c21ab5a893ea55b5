import {
  CloudFormationClient,
  paginateDescribeStacks,
  paginateListStackResources,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { list, type Policy, type Statement } from './policy';

/** A role that a project's stacks created or added policies to, as IAM has it now. */
export interface Role {
  name: string;
  /** Its name without the project's, which is the same in all environments. */
  kind: string;
  policies: Policy[];
  /** AWS's own policies, whose statements are not the project's. */
  managed: string[];
  /** The parameters of the foundations stack. */
  parameters: Record<string, string>;
}

const foundations = /^(.+)-foundations$/;
/** Projects of failure drills, which run scripts and read files that their roles are not meant for. */
const drills = /^(drilled|glue-states)-/;

/** Lists the roles of all foundations stacks, and the execution roles of their MWAA environments. */
export async function readRoles(clients: {
  cloudformation: CloudFormationClient;
  iam: IAMClient;
}): Promise<Role[]> {
  const roles: Role[] = [];
  for (const stack of await listStacks(clients.cloudformation)) {
    const prefix = foundations.exec(stack.StackName!)?.[1];
    const parameters = parametersOf(stack);
    const { MwaaExecutionRoleName: executionRole } = parameters;
    if (!prefix || !executionRole || drills.test(prefix)) continue;
    const own = await listRoleNames(clients.cloudformation, stack.StackName!);
    // The stacks of the kill test share only the name.
    if (own.length === 0) continue;
    for (const name of [...own, executionRole]) {
      const kind =
        name === executionRole
          ? 'mwaa-execution'
          : name.slice(prefix.length + 1);
      roles.push({
        name,
        kind,
        parameters,
        ...(await readPolicies(clients.iam, name)),
      });
    }
  }
  return roles;
}

async function listStacks(client: CloudFormationClient): Promise<Stack[]> {
  const stacks: Stack[] = [];
  for await (const page of paginateDescribeStacks({ client }, {})) {
    stacks.push(...(page.Stacks ?? []));
  }
  return stacks;
}

async function listRoleNames(client: CloudFormationClient, StackName: string) {
  const names: string[] = [];
  for await (const page of paginateListStackResources(
    { client },
    { StackName },
  )) {
    for (const {
      ResourceType,
      PhysicalResourceId,
    } of page.StackResourceSummaries ?? []) {
      if (ResourceType === 'AWS::IAM::Role') names.push(PhysicalResourceId!);
    }
  }
  return names;
}

async function readPolicies(iam: IAMClient, RoleName: string) {
  const policies: Policy[] = [];
  const managed: string[] = [];
  const inline = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  for (const PolicyName of inline.PolicyNames ?? []) {
    const { PolicyDocument } = await iam.send(
      new GetRolePolicyCommand({ RoleName, PolicyName }),
    );
    policies.push({ name: PolicyName, statements: parse(PolicyDocument!) });
  }
  const attached = await iam.send(
    new ListAttachedRolePoliciesCommand({ RoleName }),
  );
  for (const { PolicyArn, PolicyName } of attached.AttachedPolicies ?? []) {
    if (PolicyArn!.includes(':iam::aws:policy/')) {
      managed.push(PolicyName!);
      continue;
    }
    const { Policy: found } = await iam.send(
      new GetPolicyCommand({ PolicyArn }),
    );
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({
        PolicyArn,
        VersionId: found!.DefaultVersionId,
      }),
    );
    policies.push({
      name: PolicyName!,
      statements: parse(PolicyVersion!.Document!),
    });
  }
  return { policies, managed };
}

/** Decodes a policy, which IAM returns URL-encoded. */
function parse(document: string): Statement[] {
  return list(JSON.parse(decodeURIComponent(document)).Statement);
}

function parametersOf({ Parameters = [] }: Stack): Record<string, string> {
  return Object.fromEntries(
    Parameters.map(({ ParameterKey, ParameterValue }) => [
      ParameterKey!,
      ParameterValue ?? '',
    ]),
  );
}
