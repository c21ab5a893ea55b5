import { GetRoleCommand } from '@aws-sdk/client-iam';
import { calling } from '@data-lake/aws';
import { makesMwaa } from '../spec/ownMwaa';
import { ProjectOptions } from './projectOptions';

/**
 * Warns if the account requires a permissions boundary and the execution role of an existing MWAA environment has
 * none: the stack gives that role policies, and nothing then limits what a later policy allows to every DAG.
 */
export async function warnOfUnboundRole(
  options: Pick<ProjectOptions, 'clients' | 'files' | 'log' | 'signal'>,
): Promise<void> {
  const { files, log } = options;
  const { stacks, deployment } = files;
  const isRequired = stacks.some(
    ({ template }) => template.rules.permissionsBoundary,
  );
  if (!isRequired || makesMwaa(stacks)) return;
  const role = deployment.parameters.MwaaExecutionRoleName;
  const warning = await findWarning(options, role);
  if (warning) log(`Warning: ${warning}`);
}

async function findWarning(
  { clients, signal }: Pick<ProjectOptions, 'clients' | 'signal'>,
  role: string,
): Promise<string | undefined> {
  try {
    const { Role } = await calling(
      { what: `reading role ${role}`, action: 'iam:GetRole' },
      () =>
        clients.iam.send(new GetRoleCommand({ RoleName: role }), {
          abortSignal: signal,
        }),
    );
    if (Role?.PermissionsBoundary?.PermissionsBoundaryArn) return undefined;
    return `the execution role ${role} of the MWAA environment has no permissions boundary. policies/README.md says how to give it one`;
  } catch (error) {
    signal?.throwIfAborted();
    return `whether the execution role ${role} of the MWAA environment has a permissions boundary is unknown: ${
      (error as Error).message
    }`;
  }
}
