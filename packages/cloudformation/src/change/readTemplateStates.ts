import { AwsClients } from '@data-lake/aws';
import { DeploymentSpec } from '../stack/deploymentSpec';
import { readStackParameters, StackState } from '../stack/stack';
import {
  readProcessedTemplate,
  readStackTemplate,
} from '../stack/stackTemplate';
import { TemplateState } from '../template/evaluateTemplate';
import { asObject } from '../template/json';
import { assertAllowedContent, isNoEcho } from '../template/parseTemplate';
import { toPseudoParameters } from '../template/toPseudoParameters';
import { toSecretReference } from '../template/secretReference';

interface TemplateSource {
  clients: AwsClients;
  spec: DeploymentSpec;
  /** `nothing`: the template stays as it is. */
  does: 'create' | 'update' | 'replace' | 'nothing';
  stack?: StackState;
  changeSetName?: string;
  signal?: AbortSignal;
}

/** Reads the template and parameters of a stack before and after a change. */
export async function readTemplateStates(
  source: TemplateSource,
): Promise<{ before?: TemplateState; after: TemplateState }> {
  const { clients, spec, stack } = source;
  const pseudo = toPseudoParameters(clients.target, spec.stackName);
  const former = stack && (await readFormer({ ...source, stack }));
  const before = former && {
    content: former.content,
    parameters: { ...former.parameters, ...pseudo },
  };
  if (source.does === 'nothing' && before) return { before, after: before };
  const given = toParametersAfter(spec, former?.parameters ?? {});
  return {
    before,
    after: {
      content: await readContent(source),
      parameters: { ...given, ...pseudo },
    },
  };
}

/** Reads the template as it is deployed: the output of macros is checked like the template itself. */
async function readContent({
  clients,
  spec,
  changeSetName,
  signal,
}: TemplateSource): Promise<unknown> {
  const { stackName, template } = spec;
  if (template.macros.length === 0 || changeSetName === undefined) {
    return template.content;
  }
  const content = await readProcessedTemplate({
    clients,
    stackId: stackName,
    changeSetName,
    signal,
  });
  assertAllowedContent(content, template.rules);
  return content;
}

/** Reads the present state, without values of parameters that are NoEcho now or after the change. */
async function readFormer(
  options: TemplateSource & { stack: StackState },
): Promise<TemplateState> {
  const { clients, spec, stack, signal } = options;
  const [content, parameters] = await Promise.all([
    readStackTemplate({ clients, stackId: stack.id, signal }),
    readStackParameters({ clients, stackId: stack.id, signal }),
  ]);
  const declared = asObject(asObject(content).Parameters);
  const isSecret = (name: string) =>
    isNoEcho(asObject(declared[name]).NoEcho) ||
    spec.template.parameters[name]?.noEcho;
  const masked = Object.entries(parameters).map(([name, value]) => [
    name,
    isSecret(name) ? toSecretReference(name) : value,
  ]);
  return { content, parameters: Object.fromEntries(masked) };
}

/** Returns the parameters after a change. A newly given secret is not equal to the present one. */
export function toParametersAfter(
  { template, parameters }: Pick<DeploymentSpec, 'template' | 'parameters'>,
  former: Record<string, string>,
): Record<string, string> {
  const given = Object.entries(parameters).map(([name, value]) => [
    name,
    template.parameters[name]?.noEcho ? toSecretReference(name, true) : value,
  ]);
  const kept = Object.entries(former).filter(([name]) =>
    Object.hasOwn(template.parameters, name),
  );
  const unnamed = Object.entries(template.parameters)
    .filter(([, { noEcho }]) => noEcho)
    .map(([name]) => [name, toSecretReference(name)]);
  return Object.fromEntries([...unnamed, ...kept, ...given]);
}
