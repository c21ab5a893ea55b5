import {
  HookStatus,
  ListHookResultsCommand,
  StackEvent as SdkStackEvent,
} from '@aws-sdk/client-cloudformation';
import { AwsClients, calling, listPages, redact } from '@data-lake/aws';

/** The answer of a CloudFormation hook, which checks resources before they are changed. @public */
export interface HookAnswer {
  /** Such as `Company::S3::Encrypted`. */
  type: string;
  /** CloudFormation's status, such as `HOOK_COMPLETE_FAILED`. */
  status: string;
  reason?: string;
  /** True if the operation goes on all the same. */
  warnsOnly: boolean;
}

/** Returns the hook's answer that an event tells, if any. */
export function toHookAnswer(event: SdkStackEvent): HookAnswer | undefined {
  if (!event.HookType) return undefined;
  return {
    type: event.HookType,
    status: event.HookStatus ?? '',
    reason: redact(event.HookStatusReason ?? '') || undefined,
    warnsOnly: event.HookFailureMode === 'WARN',
  };
}

/** Tells whether a hook refused, or could not answer; a status of a later SDK counts as such. */
export const isHookFailure = ({ status }: Pick<HookAnswer, 'status'>) =>
  !(isHookStatus(status) && passes[status]);

const passes = {
  HOOK_IN_PROGRESS: true,
  HOOK_COMPLETE_SUCCEEDED: true,
  HOOK_COMPLETE_FAILED: false,
  HOOK_FAILED: false,
} satisfies Record<HookStatus, boolean>;

const isHookStatus = (status: string): status is HookStatus =>
  Object.hasOwn(passes, status);

/** Returns a hook's answer as text. */
export const toHookText = ({ type, status, reason, warnsOnly }: HookAnswer) =>
  `hook ${type} ${status}${warnsOnly ? ' (a warning only)' : ''}: ${
    reason ?? 'no reason given'
  }`;

/**
 * Lists the answers of the hooks that failed for a change set.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListHookResults.html
 */
export async function listHookFailures(options: {
  clients: AwsClients;
  /** ARN. */
  changeSetId: string;
}): Promise<HookAnswer[]> {
  const { clients, changeSetId } = options;
  const results = await listPages(
    async NextToken => {
      const page = await calling(
        {
          what: `reading what the hooks answered to change set ${changeSetId}`,
          action: 'cloudformation:ListHookResults',
        },
        () =>
          clients.cloudformation.send(
            new ListHookResultsCommand({
              TargetType: 'CHANGE_SET',
              TargetId: changeSetId,
              NextToken,
            }),
          ),
      );
      return { items: page.HookResults ?? [], next: page.NextToken };
    },
    { most: 500 },
  );
  return results
    .map(({ TypeName, Status, HookStatusReason, FailureMode }) => ({
      type: TypeName ?? '',
      status: Status ?? '',
      reason: redact(HookStatusReason ?? '') || undefined,
      warnsOnly: FailureMode === 'WARN',
    }))
    .filter(isHookFailure);
}
