import {
  DescribeStateMachineCommand,
  ExecutionListItem,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
} from '@aws-sdk/client-sfn';
import {
  executionTrigger,
  isEnded,
  lookUpState,
  RunPart,
  Step,
  toPartOf,
} from '@data-lake/plugin-data-lake-common';
import { consoleUrl, listPages } from '@data-lake/aws';
import { ObserveContext, ServiceAdapter } from '../adapter';
import { AdapterReader } from '../AdapterReader';
import { listResources } from '../stackIndex';
import { toTimestamp } from '../toTimestamp';
import { joinError, toStates } from './states';
import { executionState, stateMachineHealth } from './status';

/** ListExecutions refills 2 a second and account: one page of these is one call. */
const mostExecutions = 40;
/** A history may have 25,000 events; a page has 1,000. */
const mostEvents = 3_000;

/** The state machines, their executions, and the states that those entered. */
export const stepfunctions = {
  id: 'stepfunctions',
  resourceTypes: ['AWS::StepFunctions::StateMachine'],
  async observe(context) {
    const reader = new AdapterReader(context, 'stepfunctions');
    const machines = listResources(context.stacks, stepfunctions.resourceTypes);
    const resources = await reader.describeAll(machines, machine => ({
      doing: {
        what: `reading state machine ${machine.id}`,
        action: 'states:DescribeStateMachine',
      },
      read: () => readStateMachine(context, machine.id),
    }));
    const existing = resources.filter(({ health }) => health !== 'gone');
    const parts = await Promise.all(
      existing.map(({ id }) => listParts(context, id, reader)),
    );
    return { resources, parts: parts.flat(), problems: reader.problems };
  },
} satisfies ServiceAdapter;

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html */
async function readStateMachine(context: ObserveContext, arn: string) {
  const found = await context.clients.sfn.send(
    new DescribeStateMachineCommand({ stateMachineArn: arn }),
    { abortSignal: context.signal },
  );
  return {
    name: found.name,
    health: lookUpState(stateMachineHealth, found.status),
    status: found.status ?? 'unknown',
    facts: [{ label: 'Type', text: found.type ?? 'unknown' }],
    updatedAt: toTimestamp(found.creationDate),
  };
}

async function listParts(
  context: ObserveContext,
  arn: string,
  reader: AdapterReader,
): Promise<RunPart[]> {
  const executions = await reader.attempt(
    {
      what: `listing executions of ${arn}`,
      action: 'states:ListExecutions',
    },
    () => listExecutions(context, arn),
  );
  return Promise.all(
    (executions ?? []).map(execution =>
      reader.limit(async () => {
        const events = await reader.attempt(
          {
            what: `reading the history of execution ${execution.name}`,
            action: 'states:GetExecutionHistory',
          },
          () => listEvents(context, execution.executionArn!),
        );
        return toRunPart(context, execution, events ?? []);
      }),
    ),
  );
}

/** Newest first. https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
async function listExecutions(context: ObserveContext, arn: string) {
  const isOld = ({ startDate }: ExecutionListItem) =>
    startDate !== undefined && startDate < context.since;
  const executions = await listPages(
    async nextToken => {
      const page = await context.clients.sfn.send(
        new ListExecutionsCommand({
          stateMachineArn: arn,
          maxResults: mostExecutions,
          nextToken,
        }),
        { abortSignal: context.signal },
      );
      return { items: page.executions ?? [], next: page.nextToken };
    },
    { most: mostExecutions, until: isOld },
  );
  return executions.filter(execution => !isOld(execution));
}

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetExecutionHistory.html */
function listEvents(context: ObserveContext, executionArn: string) {
  return listPages(
    async nextToken => {
      const page = await context.clients.sfn.send(
        new GetExecutionHistoryCommand({
          executionArn,
          maxResults: 1_000,
          // Inputs and outputs may hold secrets, and are never shown.
          includeExecutionData: false,
          nextToken,
        }),
        { abortSignal: context.signal },
      );
      return { items: page.events ?? [], next: page.nextToken };
    },
    { most: mostEvents },
  );
}

function toRunPart(
  context: ObserveContext,
  execution: ExecutionListItem,
  events: Parameters<typeof toStates>[0],
): RunPart {
  const state = lookUpState(executionState, execution.status);
  const failure = events.find(({ type }) =>
    /^Execution(Failed|TimedOut|Aborted)$/.test(type ?? ''),
  );
  const details =
    failure?.executionFailedEventDetails ??
    failure?.executionTimedOutEventDetails ??
    failure?.executionAbortedEventDetails;
  const step: Step = {
    id: `stepfunctions:execution:${execution.name}`,
    service: 'stepfunctions',
    kind: 'execution',
    name: execution.name!,
    state,
    status: execution.status ?? 'unknown',
    startedAt: toTimestamp(execution.startDate),
    // MiniStack reports a stop date for running executions too.
    endedAt: isEnded(state) ? toTimestamp(execution.stopDate) : undefined,
    error: joinError(details?.error, details?.cause),
    consoleUrl: consoleUrl(context.environment, {
      of: 'execution',
      arn: execution.executionArn!,
    }),
  };
  const runKey = toRunKey(execution.name!);
  return {
    partOf: toPartOf({ runKey }),
    lead: {
      id: runKey,
      state,
      trigger: executionTrigger,
      consoleUrl: step.consoleUrl,
    },
    steps: [step, ...toStates(events, step)],
  };
}

/** An execution is named `<run key>_<n>`, one for each try of the run; by projects of earlier versions, as the run key. */
function toRunKey(name: string): string {
  return /^([A-Za-z0-9-]{1,64})_\d+$/.exec(name)?.[1] ?? name;
}
