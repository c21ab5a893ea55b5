import { Answers } from './fakeClients';

/** The value in all fields that are nobody's business. */
export const unkept = 'in-no-contract';

/** What people give to jobs, functions and runs, by the names of the services; it may hold anything. */
const fields = {
  Arguments: { '--other': unkept },
  DefaultArguments: { '--other': unkept },
  NonOverridableArguments: { '--other': unkept },
  Connections: { Connections: [unkept] },
  Variables: { OTHER: unkept },
  input: unkept,
  output: unkept,
  definition: unkept,
  inputDetails: { included: true },
  lambdaFunctionScheduledEventDetails: { input: unkept, resource: unkept },
  executionStartedEventDetails: { input: unkept },
  executionSucceededEventDetails: { output: unkept },
  Config: { Args: [unkept], Properties: { other: unkept } },
  Configurations: [{ Properties: { other: unkept } }],
  BootstrapActions: [{ ScriptPath: unkept, Args: [unkept] }],
  jobDriver: { sparkSubmit: { entryPointArguments: [unkept] } },
  configurationOverrides: { applicationConfiguration: [unkept] },
  AirflowConfigurationOptions: { 'core.other': unkept },
  conf: { other: unkept },
  rendered_fields: { other: unkept },
  executor_config: unkept,
  doc_md: unkept,
  params: { other: unkept },
  NotificationARNs: [unkept],
};

/** Adds them to every object of every answer, beside what is there already. */
export function addUnkept(answers: Answers): Answers {
  return Object.fromEntries(
    Object.entries(answers).map(([call, answer]) => [
      call,
      async (input: unknown) => add(await answer(input)),
    ]),
  );
}

function add(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(add);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return value;
  const own = Object.entries(value).map(([key, each]) => [key, add(each)]);
  const { Arguments } = value as { Arguments?: object };
  return {
    ...fields,
    ...Object.fromEntries(own),
    ...(Arguments && { Arguments: { ...fields.Arguments, ...Arguments } }),
  };
}
