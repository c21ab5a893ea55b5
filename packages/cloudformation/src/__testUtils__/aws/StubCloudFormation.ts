import type {
  Change,
  CloudFormationClient,
  CreateChangeSetInput,
  CreateChangeSetOutput,
  DescribeChangeSetInput,
  DescribeChangeSetOutput,
  DescribeEventsOutput,
  DescribeStackEventsInput,
  DescribeStackEventsOutput,
  DescribeStacksInput,
  DescribeStacksOutput,
  GetTemplateOutput,
  ListChangeSetsOutput,
  ListHookResultsOutput,
  ListStackResourcesInput,
  ListStackResourcesOutput,
  ResourceStatus,
  StackEvent,
  StackStatus,
  Tag,
} from '@aws-sdk/client-cloudformation';
import { AwsClientFactory, AwsClients } from '@data-lake/aws';

/** What happens to a stack or one of its resources: logical id (`stack`: itself), status, reason, and more of the event. */
export type Happening = [
  logicalId: string,
  status: ResourceStatus | StackStatus,
  reason?: string,
  more?: Partial<StackEvent>,
];

interface StubStack {
  id: string;
  status: StackStatus;
  reason?: string;
  tags: Tag[];
  events: StackEvent[];
}

interface StubChangeSet extends DescribeChangeSetOutput {
  ChangeSetId: string;
  StackId: string;
}

/**
 * A CloudFormation with one stack name, that answers in the SDK's own types and as AWS documents it: a name
 * means the stack that lives, an ARN also one that is deleted. The README lists what it plays, and why.
 */
export class StubCloudFormation {
  readonly name: string;
  readonly clients: AwsClients;
  /** In the order of the calls. */
  readonly calls: { action: string; input: any }[] = [];
  /** The stacks that have had the name, oldest first. */
  readonly stacks: StubStack[] = [];
  readonly changeSets: StubChangeSet[] = [];
  /** Events of nested stacks by ARN, oldest first. */
  readonly nested = new Map<string, StackEvent[]>();
  /** What an execution, a deletion and a continued rollback do; each ends with the stack's own status. */
  execution: Happening[] = [];
  deletion: Happening[] = [
    ['stack', 'DELETE_IN_PROGRESS', 'User Initiated'],
    ['stack', 'DELETE_COMPLETE'],
  ];
  continuation: Happening[] = [];
  /** The changes of every change set. */
  changes: Change[] = [];
  templateBody = '{}';
  resources: ListStackResourcesOutput['StackResourceSummaries'] = [];
  operationEvents: DescribeEventsOutput['OperationEvents'] = [];
  hookResults: ListHookResultsOutput['HookResults'] = [];
  /** Replaces answers: throws, returns an answer, or undefined for the usual one. */
  intercept: (action: string, input: any) => unknown = () => undefined;
  private ticks = 0;

  constructor(name = 'movielens-demo-foundations') {
    this.name = name;
    const clients = new AwsClientFactory({
      endpoints: {},
      credentials: { getCredentialProvider: async () => ({} as never) },
    }).forTarget({ account: '123456789012', region: 'eu-west-1' });
    const send = async (command: { input: unknown }) =>
      this.answer(
        command.constructor.name.replace(/Command$/, ''),
        command.input,
      );
    this.clients = Object.create(clients, {
      cloudformation: { value: { send } as unknown as CloudFormationClient },
      settings: { value: clients.settings },
      target: { value: clients.target },
    });
  }

  /** Makes a stack that is there already. */
  add(status: StackStatus, tags: Record<string, string> = {}): StubStack {
    const number = this.stacks.length + 1;
    const stack: StubStack = {
      id: `arn:aws:cloudformation:eu-west-1:123456789012:stack/${this.name}/${number}`,
      status,
      tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      events: [],
    };
    this.stacks.push(stack);
    this.happen(stack, [['stack', status]]);
    return stack;
  }

  count(action: string): number {
    return this.calls.filter(call => call.action === action).length;
  }

  /** Lets something happen to a stack, as one operation with this token. */
  happen(stack: StubStack, happenings: Happening[], token?: string): void {
    for (const [logicalId, status, reason, more] of happenings) {
      const isStack = logicalId === 'stack';
      this.ticks += 1;
      stack.events.push({
        EventId: `e${this.ticks}`,
        StackId: stack.id,
        StackName: this.name,
        LogicalResourceId: isStack ? this.name : logicalId,
        PhysicalResourceId: isStack ? stack.id : logicalId.toLowerCase(),
        ResourceType: isStack
          ? 'AWS::CloudFormation::Stack'
          : 'AWS::SNS::Topic',
        Timestamp: new Date(this.ticks * 1000),
        ResourceStatus: status as ResourceStatus,
        ResourceStatusReason: reason,
        ClientRequestToken: token,
        ...more,
      });
      if (isStack) stack.status = status as StackStatus;
    }
  }

  private answer(action: string, input: any): unknown {
    this.calls.push({ action, input });
    const replaced = this.intercept(action, input);
    if (replaced !== undefined) return replaced;
    const usual = this.answers[action];
    if (!usual) throw awsError('NotScripted', action);
    return usual(input);
  }

  private readonly answers: Record<string, (input: any) => object> = {
    DescribeStacks: (input: DescribeStacksInput): DescribeStacksOutput => {
      const stack = this.get(input.StackName!);
      return {
        Stacks: [
          {
            StackId: stack.id,
            StackName: this.name,
            StackStatus: stack.status,
            CreationTime: new Date(0),
            Tags: stack.tags,
          },
        ],
      };
    },
    DescribeStackEvents: (
      input: DescribeStackEventsInput,
    ): DescribeStackEventsOutput => ({
      StackEvents: [
        ...(this.nested.get(input.StackName!) ??
          this.get(input.StackName!).events),
      ].reverse(),
    }),
    CreateChangeSet: (input: CreateChangeSetInput): CreateChangeSetOutput => {
      const isNew = input.ChangeSetType === 'CREATE' && !this.find(this.name);
      const stack = isNew
        ? this.add('REVIEW_IN_PROGRESS')
        : this.get(input.StackName!);
      const Id = `arn:aws:cloudformation:eu-west-1:123456789012:changeSet/${
        input.ChangeSetName
      }/${this.changeSets.length + 1}`;
      this.changeSets.push({
        ChangeSetId: Id,
        ChangeSetName: input.ChangeSetName,
        StackId: stack.id,
        Status: 'CREATE_COMPLETE',
        ExecutionStatus: 'AVAILABLE',
        Changes: this.changes,
      });
      return { Id, StackId: stack.id };
    },
    DescribeChangeSet: (
      input: DescribeChangeSetInput,
    ): DescribeChangeSetOutput => this.getChangeSet(input.ChangeSetName!),
    ExecuteChangeSet: input => {
      const changeSet = this.getChangeSet(input.ChangeSetName);
      changeSet.ExecutionStatus = 'EXECUTE_COMPLETE';
      const stack = this.get(changeSet.StackId);
      this.happen(stack, this.execution, input.ClientRequestToken);
      return {};
    },
    DeleteChangeSet: input => {
      const at = this.changeSets.findIndex(({ ChangeSetId, ChangeSetName }) =>
        [ChangeSetId, ChangeSetName].includes(input.ChangeSetName),
      );
      if (at >= 0) this.changeSets.splice(at, 1);
      return {};
    },
    ListChangeSets: (): ListChangeSetsOutput => ({
      Summaries: this.changeSets.filter(
        ({ StackId }) => StackId === this.find(this.name)?.id,
      ),
    }),
    DeleteStack: input => {
      const stack = this.find(input.StackName);
      if (stack) this.happen(stack, this.deletion, input.ClientRequestToken);
      return {};
    },
    ContinueUpdateRollback: input => {
      const stack = this.get(input.StackName);
      this.happen(stack, this.continuation, input.ClientRequestToken);
      return {};
    },
    CancelUpdateStack: () => ({}),
    GetTemplate: (): GetTemplateOutput => ({ TemplateBody: this.templateBody }),
    ListStackResources: (
      _input: ListStackResourcesInput,
    ): ListStackResourcesOutput => ({
      StackResourceSummaries: this.resources,
    }),
    DescribeEvents: (): DescribeEventsOutput => ({
      OperationEvents: this.operationEvents,
    }),
    ListHookResults: (): ListHookResultsOutput => ({
      HookResults: this.hookResults,
    }),
  };

  private find(nameOrId: string): StubStack | undefined {
    return this.stacks.findLast(({ id, status }) =>
      nameOrId === this.name ? status !== 'DELETE_COMPLETE' : nameOrId === id,
    );
  }

  private get(nameOrId: string): StubStack {
    const stack = this.find(nameOrId);
    if (stack) return stack;
    throw awsError(
      'ValidationError',
      `Stack with id ${nameOrId} does not exist`,
    );
  }

  private getChangeSet(nameOrId: string): StubChangeSet {
    const found = this.changeSets.find(({ ChangeSetId, ChangeSetName }) =>
      [ChangeSetId, ChangeSetName].includes(nameOrId),
    );
    if (found) return found;
    throw awsError(
      'ChangeSetNotFound',
      `ChangeSet [${nameOrId}] does not exist`,
      404,
    );
  }
}

/** An error as the SDK throws it. */
export const awsError = (name: string, message: string, status = 400) =>
  Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status },
  });
