import { hostname, userInfo } from 'node:os';

/**
 * Names who asks: a run of CI, or a person. A second try of the same run has the same identity, and continues what the
 * first one started; two people, or two runs, must not continue each other's change sets.
 */
export function toIdentity(env: NodeJS.ProcessEnv): string {
  const found = runs.find(([, variable]) => env[variable]);
  return `cli-${found ? `${found[0]}-${env[found[1]]}` : byHand()}`;
}

/** The variable by which each CI names a run, the same in all of its jobs where there is such a one. */
const runs = [
  // Gitea and Forgejo too
  ['github', 'GITHUB_RUN_ID'],
  ['gitlab', 'CI_PIPELINE_ID'],
  ['codebuild', 'CODEBUILD_BUILD_ID'],
  ['azure', 'BUILD_BUILDID'],
  ['bitbucket', 'BITBUCKET_PIPELINE_UUID'],
  ['circleci', 'CIRCLE_WORKFLOW_ID'],
  ['buildkite', 'BUILDKITE_BUILD_ID'],
  // last, since plugins of Jenkins set it for other systems too
  ['jenkins', 'BUILD_TAG'],
] as const;

const byHand = () => `by-hand ${userInfo().username}@${hostname()}`;
