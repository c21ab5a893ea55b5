import { GetParametersCommand } from '@aws-sdk/client-ssm';
import { calling } from '@data-lake/aws';
import { failed, passed, unknown } from '../CheckOutcome';
import { ProjectCheck } from '../ProjectCheck';
import { listResourcesOfType, VerifyContext } from '../VerifyContext';

/** Most names that GetParameters takes. */
const maxNames = 10;

/** The SSM parameters that the DAG reads exist, and are not empty. */
export const parametersCheck: ProjectCheck = {
  id: 'parameters',
  title: 'The SSM parameters can be read',
  async run(context) {
    const names = listResourcesOfType(context, 'AWS::SSM::Parameter').map(
      ({ physicalId }) => physicalId!,
    );
    if (names.length === 0) {
      return unknown('No stack has parameters', 'Deploy the environment');
    }
    const values = await readParameters(context, names);
    const missing = names.filter(name => !values.get(name));
    return missing.length > 0
      ? failed(
          `Missing or empty: ${missing.join(', ')}`,
          'Restore its value; if it was deleted, delete the stack and deploy again',
        )
      : passed(`${names.length} parameters`);
  },
};

async function readParameters(
  { clients, signal }: VerifyContext,
  names: readonly string[],
): Promise<Map<string, string>> {
  const values = new Map<string, string>();
  for (let start = 0; start < names.length; start += maxNames) {
    const { Parameters } = await calling(
      {
        what: `reading parameters such as ${names[start]}`,
        action: 'ssm:GetParameters',
      },
      () =>
        clients.ssm.send(
          new GetParametersCommand({
            Names: names.slice(start, start + maxNames),
          }),
          { abortSignal: signal },
        ),
    );
    for (const { Name, Value } of Parameters ?? []) values.set(Name!, Value!);
  }
  return values;
}
