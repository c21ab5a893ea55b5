import { Cluster, StepSummary } from '@aws-sdk/client-emr';
import { consoleUrl } from '@data-lake/aws';
import {
  isEnded,
  lookUpState,
  RunPart,
  Step,
  tagKeys,
  toPartOf,
} from '@data-lake/plugin-data-lake-common';
import { ObserveContext } from '../adapter';
import { toTimestamp } from '../toTimestamp';
import { clusterState, stepState } from './status';

/** A cluster and its steps as a part of the run that made it. */
export function toRunPart(
  context: ObserveContext,
  options: { cluster: Cluster; steps: StepSummary[]; prefix: string },
): RunPart {
  const { cluster, steps, prefix } = options;
  const runId = toTags(cluster)[tagKeys.runId];
  const state = lookUpState(clusterState, cluster.Status?.State);
  const times = cluster.Status?.Timeline;
  const root: Step = {
    id: `emr:cluster:${cluster.Id}`,
    service: 'emr',
    kind: 'cluster',
    name: cluster.Name ?? cluster.Id!,
    state,
    status: cluster.Status?.State ?? 'unknown',
    startedAt: toTimestamp(times?.CreationDateTime),
    endedAt: toTimestamp(times?.EndDateTime),
    // A terminated cluster has a reason too, which is no error.
    error:
      state === 'failed'
        ? cluster.Status?.StateChangeReason?.Message
        : undefined,
    consoleUrl: toUrl(context, cluster.Id!),
  };
  return {
    partOf: toPartOf({
      runId,
      runKey: cluster.Name?.slice(prefix.length + 1),
    }),
    steps: [root, ...steps.map(step => toStep(root, step)).reverse()],
  };
}

function toStep(root: Step, step: StepSummary): Step {
  const times = step.Status?.Timeline;
  const state = lookUpState(stepState, step.Status?.State);
  const failure = step.Status?.FailureDetails;
  return {
    id: `emr:step:${step.Id}`,
    parent: root.id,
    service: 'emr',
    kind: 'step',
    name: step.Name ?? step.Id!,
    state,
    status: step.Status?.State ?? 'unknown',
    startedAt: toTimestamp(times?.StartDateTime ?? times?.CreationDateTime),
    endedAt: isEnded(state) ? toTimestamp(times?.EndDateTime) : undefined,
    error:
      [failure?.Reason?.replace(/\.$/, ''), failure?.Message]
        .filter(Boolean)
        .join(': ') || undefined,
    consoleUrl: root.consoleUrl,
  };
}

const toUrl = (context: ObserveContext, id: string) =>
  consoleUrl(context.environment, { of: 'emr-cluster', id });

export const toTags = (cluster: Cluster): Record<string, string> =>
  Object.fromEntries((cluster.Tags ?? []).map(tag => [tag.Key!, tag.Value!]));
