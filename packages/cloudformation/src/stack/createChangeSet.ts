import {
  Capability,
  ChangeSetType,
  CreateChangeSetCommand,
  ResourceToImport,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling } from '@data-lake/aws';
import { AdoptedResource, toIdentifier } from './adoptedResource';
import { ChangeSetRef, ChangeSetState, findChangeSet } from './changeSet';
import { deleteChangeSet } from './deleteChangeSet';
import { DeploymentSpec } from './deploymentSpec';
import { GivenTemplate } from './withGivenTemplate';
import { hasNestedStacks } from './nestedChanges';
import { listRequiredTags } from './ownership';

/** The change set to create. */
export interface ChangeSetSpec {
  clients: AwsClients;
  /** Of the change set. */
  name: string;
  spec: DeploymentSpec;
  template: GivenTemplate;
  type: ChangeSetType;
  keptParameters: string[];
  keptTags: Record<string, string>;
  signal?: AbortSignal;
}

/**
 * Creates a change set. That of an earlier try with the same name is kept only if it is executed: who made
 * it, and of which template, parameters and role, is unknown.
 *
 * @returns the ARNs that CloudFormation answers: the stack of the name may be another one by now
 */
export async function createChangeSet(
  options: ChangeSetSpec,
): Promise<ChangeSetRef> {
  const { clients, spec, signal } = options;
  const named = { clients, stackId: spec.stackName, id: options.name };
  const command = toCommand(options);
  return calling(
    {
      what: `preparing a change set for stack ${spec.stackName}`,
      action: 'cloudformation:CreateChangeSet',
    },
    async () => {
      // no signal: a call cancelled on its way may still create the change set, which must be removed then
      const create = async () => {
        const { Id, StackId } = await clients.cloudformation.send(command);
        return { clients, id: Id!, stackId: StackId! };
      };
      try {
        return await create();
      } catch (error) {
        // the answer to an earlier try was lost, or the process was restarted
        if ((error as Error).name !== 'AlreadyExistsException') throw error;
        const earlier = await findChangeSet({ ...named, signal });
        if (earlier && isStarted(earlier)) {
          return { clients, id: earlier.id, stackId: earlier.stackId };
        }
        await deleteChangeSet(named, {
          isNesting: hasNestedStacks(spec.template),
        });
        return create();
      }
    },
  );
}

const isStarted = ({ state }: ChangeSetState) =>
  state === 'executing' || state === 'executed';

function toCommand(options: ChangeSetSpec): CreateChangeSetCommand {
  const { spec, name, type } = options;
  const { stackName, parameters, roleArn, revertDrift } = spec;
  return new CreateChangeSetCommand({
    StackName: stackName,
    ChangeSetName: name,
    ChangeSetType: type,
    ...options.template,
    Parameters: [
      ...Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
        ParameterKey,
        ParameterValue,
      })),
      ...options.keptParameters.map(ParameterKey => ({
        ParameterKey,
        UsePreviousValue: true,
      })),
    ],
    // CloudFormation takes no other tags with an import than the stack has
    Tags: type === 'IMPORT' ? undefined : toTags(options),
    ResourcesToImport:
      type === 'IMPORT' ? spec.imports?.map(toImport) : undefined,
    Capabilities: toCapabilities(spec),
    RoleARN: roleArn,
    IncludeNestedStacks: hasNestedStacks(spec.template) || undefined,
    // changes made outside CloudFormation are compared and reverted
    DeploymentMode:
      revertDrift && type === 'UPDATE' ? 'REVERT_DRIFT' : undefined,
  });
}

const toImport = (resource: AdoptedResource): ResourceToImport => ({
  ResourceType: resource.type,
  LogicalResourceId: resource.logicalId,
  ResourceIdentifier: toIdentifier(resource),
});

function toTags({ spec, keptTags }: ChangeSetSpec) {
  const owned = Object.fromEntries(
    listRequiredTags(spec.ownership).map(({ key, value }) => [key, value]),
  );
  return Object.entries({ ...owned, ...keptTags, ...spec.tags }).map(
    ([Key, Value]) => ({ Key, Value }),
  );
}

/**
 * Returns the capabilities that a template needs: macros may add resources that need any of them, and so may
 * nested stacks, whose templates are not known here. Macros in these need a rule that allows some.
 */
function toCapabilities({ capabilities, template }: DeploymentSpec) {
  if (capabilities) return capabilities as Capability[];
  const { macros, rules, resourceTypes } = template;
  const isNesting = hasNestedStacks(template);
  const expands =
    macros.length > 0 || (isNesting && (rules.allowedMacros ?? []).length > 0);
  const hasIam = Object.values(resourceTypes).some(type =>
    type.startsWith('AWS::IAM::'),
  );
  return [
    ...(hasIam || isNesting || expands
      ? [Capability.CAPABILITY_NAMED_IAM]
      : []),
    ...(expands ? [Capability.CAPABILITY_AUTO_EXPAND] : []),
  ];
}
