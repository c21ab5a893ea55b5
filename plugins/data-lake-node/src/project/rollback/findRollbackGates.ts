import { Gate } from '../gate';
import { RollbackChoice } from './chooseRollback';
import { RollbackPlan } from './planRollback';

/** Lists the reasons why a planned rollback may not be applied; empty if it may. */
export function findRollbackGates(
  plan: Omit<RollbackPlan, 'spec'>,
  chosen?: RollbackChoice,
): Gate[] {
  const gates = [
    // a switch that was started is the chosen one
    chosen && !plan.isStarted ? findSwitchSince(plan, chosen) : undefined,
    findReleaseProblem(plan),
  ];
  return gates.filter(gate => gate !== undefined);
}

/** The environment must run what it ran when the choice was made, or just what was chosen. */
function findSwitchSince(
  { stackName, releases }: Omit<RollbackPlan, 'spec'>,
  { from, to, switches }: RollbackChoice,
): Gate | undefined {
  const present = releases.at(-1)?.prefix ?? '';
  const isUntouched = present === from && releases.length === switches;
  const isDone = present === to && releases.length <= switches + 1;
  if (isUntouched || isDone) return undefined;
  return {
    kind: 'conflict',
    message: `${stackName} was switched after this rollback from ${from} to ${to} was requested, and now runs ${present}. Nothing was changed. Request a new rollback if you still want it`,
  };
}

function findReleaseProblem({
  s3Url,
  releaseState,
}: Omit<RollbackPlan, 'spec'>): Gate | undefined {
  switch (releaseState.is) {
    case 'complete':
      return undefined;
    case 'missing':
      return {
        kind: 'not found',
        message: `There is no release at ${s3Url}. Deploy its commit again`,
      };
    default:
      return {
        kind: 'conflict',
        message: `Release ${s3Url} is incomplete: ${
          releaseState.path
            ? `${releaseState.path} is missing or was overwritten`
            : 'its upload has not ended'
        }. Deploy its commit again`,
      };
  }
}
