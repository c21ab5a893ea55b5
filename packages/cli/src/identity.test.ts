import { toIdentity } from './identity';

describe('toIdentity', () => {
  it.each([
    ['GitHub', { GITHUB_ACTIONS: 'true', GITHUB_RUN_ID: '7' }, 'cli-github-7'],
    ['Gitea', { GITEA_ACTIONS: 'true', GITHUB_RUN_ID: '7' }, 'cli-github-7'],
    [
      'Forgejo',
      { FORGEJO_ACTIONS: 'true', GITHUB_RUN_ID: '7' },
      'cli-github-7',
    ],
    ['GitLab', { GITLAB_CI: 'true', CI_PIPELINE_ID: '8' }, 'cli-gitlab-8'],
    [
      'CodeBuild',
      { CODEBUILD_BUILD_ID: 'lake:0f1e', CODEBUILD_BUILD_NUMBER: '3' },
      'cli-codebuild-lake:0f1e',
    ],
    [
      'Jenkins',
      { JENKINS_URL: 'https://ci', BUILD_TAG: 'jenkins-lake-9', BUILD_ID: '9' },
      'cli-jenkins-jenkins-lake-9',
    ],
    [
      'Azure Pipelines',
      { TF_BUILD: 'True', BUILD_BUILDID: '10', BUILD_BUILDNUMBER: '2026.1' },
      'cli-azure-10',
    ],
    [
      'Bitbucket',
      { BITBUCKET_PIPELINE_UUID: '{0f1e}', BITBUCKET_BUILD_NUMBER: '11' },
      'cli-bitbucket-{0f1e}',
    ],
    [
      'CircleCI',
      { CIRCLECI: 'true', CIRCLE_WORKFLOW_ID: '0f1e', CIRCLE_BUILD_NUM: '12' },
      'cli-circleci-0f1e',
    ],
    ['Buildkite', { BUILDKITE_BUILD_ID: '0f1e' }, 'cli-buildkite-0f1e'],
  ])('is the run in %s', (_, env, identity) => {
    expect(toIdentity({ CI: 'true', ...env })).toBe(identity);
    // a try of the same run continues it, another run does not
    const [[variable, value]] = Object.entries(env).filter(([, each]) =>
      identity.endsWith(`-${each}`),
    );
    expect(toIdentity({ ...env, [variable]: `${value}x` })).not.toBe(identity);
  });

  it('is the person elsewhere', () => {
    expect(toIdentity({})).toMatch(/^cli-by-hand \S+@\S+$/);
  });
});
