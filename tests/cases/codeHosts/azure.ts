import { answerByRoutes, HostOfType, ok, Route } from './StandIn';

const area = {
  id: '225f7195-f9c7-4d14-ab28-a83f7ff77e1f',
  area: 'git',
  resourceName: 'repositories',
  routeTemplate: '{project}/_apis/{area}/{resource}/{repositoryId}',
  resourceVersion: 1,
  minVersion: '1.0',
  maxVersion: '7.2',
  releasedVersion: '7.1',
};

const areas = {
  ...area,
  id: 'e81700f7-3be2-46de-8624-2eb35882fcaa',
  area: 'Location',
  resourceName: 'ResourceAreas',
  routeTemplate: '_apis/{resource}/{areaId}',
};

/** Azure DevOps, in the shapes of https://learn.microsoft.com/en-us/rest/api/azure/devops/git/ */
export const azure: HostOfType = {
  hosts: ['dev.azure.com'],
  toRepository(path) {
    const [, project, name, rest] =
      /^\/(.+)\/_git\/([^/]+)(\/.*)$/.exec(path) ?? [];
    return name ? { repository: `${project}/${name}`, rest } : undefined;
  },
  async answer(request, forge) {
    // so it answers who is not known
    if (!request.scopes) return { status: 203, body: '<html>Sign In</html>' };
    return answerByRoutes(routes, request, forge);
  },
};

const refuse = (message: string, status: number) => ok({ message }, status);

const routes: Route[] = [
  [/^OPTIONS \/acme\/_apis\/Location$/, () => ok({ value: [areas] })],
  [/^GET \/acme\/_apis\/ResourceAreas$/, () => ok({ value: [] })],
  [/^OPTIONS \/acme\/_apis\/git$/, () => ok({ value: [area] })],
  [
    /^POST \/(.+)\/_apis\/git\/repositories$/,
    async ({ body: { name }, scopes }, forge, [project]) => {
      const repository = `${project}/${name}`;
      if (!scopes!.includes('code_manage')) {
        return refuse(
          'TF401027: You need the Git CreateRepository permission to perform this action.',
          403,
        );
      }
      if (forge.has(repository)) {
        return refuse(
          `TF400948: A Git repository with the name ${name} already exists.`,
          409,
        );
      }
      await forge.add(repository);
      const page = `dev.azure.com/${project}/_git/${name}`;
      const remoteUrl = `https://acme@${page}`;
      const webUrl = `https://${page}`;
      return ok({ id: 'a-repository', name, remoteUrl, webUrl }, 201);
    },
  ],
  [
    /^GET \/(.+)\/_apis\/git\/repositories\/(.+)\/items$/,
    async ({ query }, forge, [project, name]) => {
      const file = query.get('path')!.slice(1);
      const content = await forge.show(`${project}/${name}`, file);
      return content === undefined
        ? refuse('TF401019: The Git repository does not exist', 404)
        : ok(content);
    },
  ],
  [
    /^GET \/(.+)\/_apis\/git\/repositories\/([^/]+)\/pullrequests$/,
    ({ query }, forge, [project, name]) => {
      const ref = query.get('searchCriteria.sourceRefName')!;
      const value = forge
        .listChanges(`${project}/${name}`, ref.replace('refs/heads/', ''))
        .map(({ url }) => ({ pullRequestId: Number(url.split('/').pop()) }));
      return ok({ value });
    },
  ],
  [
    /^POST \/(.+)\/_apis\/git\/repositories\/([^/]+)\/pullrequests$/,
    ({ body }, forge, [project, name]) => {
      const pullRequestId = forge.changes.length + 1;
      forge.changes.push({
        repository: `${project}/${name}`,
        branch: body.sourceRefName.replace('refs/heads/', ''),
        target: body.targetRefName.replace('refs/heads/', ''),
        title: body.title,
        url: `https://dev.azure.com/${project}/_git/${name}/pullrequest/${pullRequestId}`,
      });
      return ok({ pullRequestId }, 201);
    },
  ],
  [
    /^GET \/(.+)\/_apis\/git\/repositories\/([^/]+)$/,
    (_, __, [project, name]) => ok({ id: `${project}/${name}` }),
  ],
  [
    /^GET \/.+\/_apis\/git\/policy\/configurations$/,
    ({ query }, forge) =>
      ok({
        value: forge.isProtected.has(query.get('repositoryId')!) ? [{}] : [],
      }),
  ],
  [
    /^POST \/.+\/_apis\/policy\/configurations$/,
    ({ body }, forge) => {
      if (forge.refusesProtection) {
        return refuse('TF401027: You need EditPolicies', 403);
      }
      forge.isProtected.add(body.settings.scope[0].repositoryId);
      return ok({ id: 1 });
    },
  ],
];
