import { NotFoundError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { AwsClients } from '@data-lake/aws';
import { toProjectDeploymentSpec } from '../spec/toProjectDeploymentSpec';
import { FormerRelease, listReleases } from './listReleases';

/** A switch to another release, as it was meant when it was requested. @public */
export interface RollbackChoice {
  /** Release that ran at that time; empty for none. */
  from: string;
  to: string;
  /** Number of switches by that time. */
  switches: number;
}

/**
 * Chooses the release to switch to, once: a caller that keeps the choice for its retries does not undo what
 * the first try or another caller has done since.
 *
 * @param options - `environment`: optional, default the first one; `release`: optional, default the one
 * before the present
 * @throws NotFoundError if there is no former release
 * @public
 */
export async function chooseRollback(options: {
  /** Clients of the environment's account and region. */
  clients: AwsClients;
  project: Project;
  environment?: string;
  /** `releases/<digest>/` */
  release?: string;
  signal?: AbortSignal;
}): Promise<RollbackChoice> {
  const { clients, project, environment, release, signal } = options;
  const { stackName, ...spec } = toProjectDeploymentSpec(project, environment);
  const releases = await listReleases({ clients, ...spec, signal });
  return {
    from: releases.at(-1)?.prefix ?? '',
    to: release ?? getFormerRelease(releases, stackName),
    switches: releases.length,
  };
}

/**
 * Gets the release that ran last before the present one.
 *
 * @throws NotFoundError if there is none
 */
export function getFormerRelease(
  releases: readonly FormerRelease[],
  stackName: string,
): string {
  const present = releases.at(-1)?.prefix;
  const former = releases.findLast(({ prefix }) => prefix !== present);
  if (former) return former.prefix;
  throw new NotFoundError(
    `${stackName} has run ${
      present ? `no release but ${present}` : 'no release yet'
    }, so there is none to go back to`,
  );
}
