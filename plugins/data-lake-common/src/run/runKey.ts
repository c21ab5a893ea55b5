import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

const maxCharacters = 64;
const hashCharacters = 10;

/**
 * Makes the run key, which joins the services of one run: execution name, Glue argument, part of the
 * cluster's name. Step Functions allows fewer characters in a name than Airflow in a run id, so an id that has
 * others, or too many, ends with a hash: two ids never have one key. So does an id that looks as if it ended
 * with one. The project's DAG makes the same key: `skeleton/dags/mwaalib/run_key.py`.
 *
 * @public
 */
export function toRunKey(runId: string): string {
  if (/^[A-Za-z0-9-]{0,64}$/.test(runId) && !/-[0-9a-f]{10}$/.test(runId)) {
    return runId;
  }
  const hash = bytesToHex(sha256(utf8ToBytes(runId))).slice(0, hashCharacters);
  const kept = replaceOthers(runId).slice(0, maxCharacters - 1 - hash.length);
  return `${kept}-${hash}`;
}

/**
 * Lists the keys of a run: today's, then the one of projects that were generated before keys had hashes. Two
 * runs may have the same former key.
 *
 * @public
 */
export function listRunKeys(runId: string): string[] {
  const former = replaceOthers(runId).slice(0, maxCharacters);
  return [...new Set([toRunKey(runId), former])];
}

const replaceOthers = (runId: string) => runId.replace(/[^A-Za-z0-9-]/gu, '-');
