import { listRunKeys } from '@data-lake/plugin-data-lake-common';
import type { Run, Step } from '@data-lake/plugin-data-lake-common';

/**
 * Returns the name of a step without the parts that all names of a run share: the run key, which would
 * make a row of its own for each cluster and execution, and the DAG id before it.
 */
export function toStepName(step: Step, run: Run): string {
  const [root] = run.steps;
  const name = [...listRunKeys(run.id), run.id].reduce(
    (text, part) => text.split(part).join(''),
    step.name,
  );
  const prefix = root && root !== step ? `${root.name}-` : '';
  const short = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return short.replace(/^[-_ ]+|[-_ ]+$/g, '') || step.kind;
}
