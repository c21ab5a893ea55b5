import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { ProjectFiles } from '../../project/spec/readProjectFiles';
import { Answers, fakeClients } from '../../services/__testUtils__/fakeClients';
import { ProjectCheck } from '../ProjectCheck';
import { VerifiedStack, VerifyContext } from '../VerifyContext';

/** Clients that answer from a table; an unexpected call throws. */
export function answeringClients(answers: Answers): AwsClients {
  const { clients } = fakeClients(answers);
  const client = clients.cloudformation;
  return Object.assign(clients, { iam: client, lakeformation: client });
}

/** The foundations stack with these resources: logical id → type, properties. */
export const stackOf = (
  resources: Record<string, [type: string, properties?: object]>,
  change: Partial<VerifiedStack> = {},
): VerifiedStack => ({
  id: 'arn:aws:cloudformation:eu-central-1:111122223333:stack/movielens-demo-foundations/1',
  name: 'movielens-demo-foundations',
  status: 'CREATE_COMPLETE',
  terminationProtection: false,
  parameterNames: [],
  parameters: {},
  outputs: {},
  tags: {},
  resources: Object.entries(resources).map(
    ([logicalId, [type, properties = {}]]) => ({
      logicalId,
      physicalId: `my-${logicalId}`,
      type,
      properties: properties as Record<string, unknown>,
    }),
  ),
  ...change,
});

/** Runs a check of an environment that has the foundations stack, or none. */
export function runCheck(
  check: ProjectCheck,
  options: {
    answers?: Answers;
    stack?: VerifiedStack;
    project?: Partial<Project>;
    clients?: Partial<AwsClients>;
  } = {},
) {
  const { answers = {}, stack, project, clients } = options;
  return check.run({
    clients: { ...answeringClients(answers), ...clients },
    project: { lakeFormation: false, datasets: [], ...project } as any,
    files,
    stacks: new Map([['foundations', stack]]),
    log: () => {},
  } satisfies VerifyContext);
}

export const files = {
  deployment: {
    dagId: 'movielens_pipeline',
    mwaaEnvironment: 'airflow',
    mwaaBucket: 'airflow-bucket',
    parameters: { MwaaExecutionRoleName: 'airflow-role' },
  },
  stacks: [{ name: 'foundations', stackName: 'movielens-demo-foundations' }],
  release: { prefix: 'releases/0123/', files: [] },
  dags: { prefix: 'dags/movielens-demo/', files: [] },
} as unknown as ProjectFiles;
