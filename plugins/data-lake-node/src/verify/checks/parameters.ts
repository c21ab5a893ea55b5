import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { calling } from '@data-lake/aws';
import { resourcesOf, VerifyContext } from '../context';
import { failed, passed, ProjectCheck, unknown } from '../checkOutcome';

/** GetParameters takes so many names. */
const namesPerCall = 10;

/** The SSM parameters that the DAG reads can be read, and say something. */
export const parameters: ProjectCheck = {
  id: 'parameters',
  title: 'The SSM parameters can be read',
  async look(context) {
    const names = resourcesOf(context, 'AWS::SSM::Parameter').map(
      ({ physicalId }) => physicalId!,
    );
    if (names.length === 0) {
      return unknown('No stack has parameters', 'Deploy the environment');
    }
    const values = await readParameters(context, names);
    const missing = names.filter(name => !values.get(name));
    return missing.length > 0
      ? failed(
          `Not there, or empty: ${missing.join(', ')}`,
          'Delete and deploy anew what was deleted by hand, or restore its value',
        )
      : passed(`${names.length} parameters`);
  },
};

async function readParameters(
  { clients, signal }: VerifyContext,
  names: readonly string[],
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (let start = 0; start < names.length; start += namesPerCall) {
    const { Parameters } = await calling(
      {
        what: `reading parameters such as ${names[start]}`,
        action: 'ssm:GetParameters',
      },
      () =>
        clients.ssm.send(
          new GetParametersCommand({
            Names: names.slice(start, start + namesPerCall),
          }),
          { abortSignal: signal },
        ),
    );
    for (const { Name, Value } of Parameters ?? []) values.set(Name!, Value!);
  }
  return values;
}
