import { isAtWorkWhen } from './findParent';
import { compareText } from './order';
import { executionTrigger, Step } from './run';
import { listRunKeys, toRunKey } from './runKey';
import { RunLead, RunPart } from './runPart';

/**
 * Makes the function that names the run of a part: a DAG run by its id, which is exact; one that only an
 * execution leads by its key. Undefined: the part is of no run.
 */
export function makeRunFinder(
  parts: readonly RunPart[],
): (part: RunPart) => string | undefined {
  const dagRuns = new Map(
    parts.flatMap(({ lead, steps }) =>
      isDagRun(lead) && steps[0] ? [[lead.id, steps[0]]] : [],
    ),
  );
  const idsByKey = groupIdsByKey([...dagRuns.keys()]);
  const keysOfExecutions = new Set(
    parts.flatMap(({ lead, partOf }) =>
      lead && typeof partOf === 'object' && 'runKey' in partOf
        ? partOf.runKey
        : [],
    ),
  );
  return ({ partOf, lead, steps }) => {
    if (steps.length === 0 || typeof partOf === 'string') return undefined;
    if (isDagRun(lead)) return `id ${lead.id}`;
    if ('runKey' in partOf) {
      const { runKey } = partOf;
      const ids = idsByKey.get(runKey) ?? [];
      const id = chooseDagRun(dagRuns, { ids, runKey, started: steps[0] });
      return id === undefined ? `key ${runKey}` : `id ${id}`;
    }
    const { runId } = partOf;
    if (dagRuns.has(runId)) return `id ${runId}`;
    const keys = listRunKeys(runId);
    return `key ${keys.find(key => keysOfExecutions.has(key)) ?? keys[0]}`;
  };
}

const isDagRun = (lead: RunLead | undefined): lead is RunLead =>
  lead !== undefined && lead.trigger !== executionTrigger;

function groupIdsByKey(runIds: string[]): Map<string, string[]> {
  const ids = new Map<string, string[]>();
  for (const id of runIds) {
    for (const key of listRunKeys(id)) {
      ids.set(key, [...(ids.get(key) ?? []), id]);
    }
  }
  return ids;
}

/**
 * Chooses among the DAG runs of a key. Projects that were generated before keys had hashes may give several
 * runs one key, and the key of a run that is not listed may be a former key of one that is: then the run that
 * was at work when the part started.
 */
function chooseDagRun(
  dagRuns: Map<string, Step>,
  options: { ids: string[]; runKey: string; started: Step },
): string | undefined {
  const { ids, runKey, started } = options;
  const exact = ids.find(id => toRunKey(id) === runKey);
  if (ids.length === 1 && exact !== undefined) return exact;
  const [atWork] = ids
    .filter(id => isAtWorkWhen(dagRuns.get(id)!, started))
    .sort((a, b) =>
      compareText(dagRuns.get(b)!.startedAt, dagRuns.get(a)!.startedAt),
    );
  return atWork ?? exact;
}
