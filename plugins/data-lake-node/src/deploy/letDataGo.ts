import { AwsClients } from '../aws/clients';
import { deployStack } from './deployStack';
import { asList, asObject } from './resolve';
import { findStack } from './stack';
import { readStackTemplate } from './stackTemplate';
import { parseTemplate } from './template';
import { defaultTemplateRules } from './templateRules';

/** A last update of a stack: what would outlive it goes with it from now on. */
export async function letDataGo(options: {
  clients: AwsClients;
  stackName: string;
  roleArn?: string;
  log: (line: string) => void;
  signal?: AbortSignal;
  timeoutMinutes?: number;
}): Promise<void> {
  const { clients, stackName, signal } = options;
  const stack = (await findStack(clients, stackName, signal))!;
  const content = await readStackTemplate({
    clients,
    stackId: stack.id,
    signal,
  });
  await deployStack({
    ...options,
    // nothing is replaced, but where tags change CloudFormation says that it may be; the data goes anyway
    allow: { allowReplacement: true },
    request: {
      stackName,
      template: parseTemplate(
        JSON.stringify(toRemovable(content)),
        defaultTemplateRules,
      ),
      parameters: {},
      tags: stack.tags,
      identity: 'remove',
      roleArn: options.roleArn,
    },
  });
}

/**
 * The same template, in which what outlives the stack (buckets, keys) goes with it. CloudFormation takes
 * no update that changes a deletion policy and nothing else, so a tag changes too.
 */
export function toRemovable(content: unknown): unknown {
  const template = asObject(content);
  const resources = Object.entries(asObject(template.Resources)).map(
    ([id, value]) => {
      const resource = asObject(value);
      if (!/^Retain/.test(String(resource.DeletionPolicy))) return [id, value];
      const properties = asObject(resource.Properties);
      const tags = asList(properties.Tags).filter(
        tag => asObject(tag).Key !== removable.Key,
      );
      return [
        id,
        {
          ...resource,
          DeletionPolicy: 'Delete',
          Properties: { ...properties, Tags: [...tags, removable] },
        },
      ];
    },
  );
  return { ...template, Resources: Object.fromEntries(resources) };
}

const removable = { Key: 'data-lake:removable', Value: 'yes' };
