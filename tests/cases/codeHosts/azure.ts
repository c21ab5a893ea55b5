import { HostOfType, ok } from './StandIn';

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
    const [, organization, name, rest] =
      /^\/(.+)\/_git\/([^/]+)(\/.*)$/.exec(path) ?? [];
    return name ? { repository: `${organization}/${name}`, rest } : undefined;
  },
  async answer({ method, path, query, body, scopes }, forge) {
    // so it answers who is not known
    if (!scopes) return { status: 203, body: '<html>Sign In</html>' };
    const operation = `${method} ${path}`;
    const is = (pattern: RegExp) => pattern.exec(operation)?.slice(1);
    let given: string[] | undefined;
    if (is(/^OPTIONS \/acme\/_apis\/Location$/)) return ok({ value: [areas] });
    if (is(/^GET \/acme\/_apis\/ResourceAreas$/)) return ok({ value: [] });
    if (is(/^OPTIONS \/acme\/_apis\/git$/)) return ok({ value: [area] });
    if ((given = is(/^POST \/(.+)\/_apis\/git\/repositories$/))) {
      const repository = `${given[0]}/${body.name}`;
      if (!scopes.includes('code_manage')) {
        return ok(
          {
            message:
              'TF401027: You need the Git CreateRepository permission to perform this action.',
            typeKey: 'GitNeedsPermissionException',
          },
          403,
        );
      }
      if (forge.has(repository)) {
        return ok(
          {
            message: `TF400948: A Git repository with the name ${body.name} already exists.`,
            typeKey: 'GitRepositoryNameAlreadyExistsException',
          },
          409,
        );
      }
      await forge.add(repository);
      const page = `dev.azure.com/${given[0]}/_git/${body.name}`;
      return ok(
        {
          id: 'a-repository',
          name: body.name,
          remoteUrl: `https://acme@${page}`,
          webUrl: `https://${page}`,
        },
        201,
      );
    }
    if ((given = is(/^GET \/(.+)\/_apis\/git\/repositories\/(.+)\/items$/))) {
      const file = query.get('path')!.slice(1);
      const content = await forge.show(given.join('/'), file);
      return content === undefined
        ? ok({ message: 'TF401019: The Git repository does not exist' }, 404)
        : ok(content);
    }
    const requests = /_apis\/git\/repositories\/([^/]+)\/pullrequests$/;
    if (requests.test(path)) {
      const repository = path
        .slice(1)
        .replace('/_apis/git/repositories/', '/')
        .replace('/pullrequests', '');
      if (method === 'GET') {
        const ref = query.get('searchCriteria.sourceRefName');
        return ok({
          value: forge.changes
            .filter(each => each.repository === repository)
            .filter(each => `refs/heads/${each.branch}` === ref)
            .map(({ url }) => ({
              pullRequestId: Number(url.split('/').pop()),
            })),
        });
      }
      const pullRequestId = forge.changes.length + 1;
      const [organization, project, name] = repository.split('/');
      forge.changes.push({
        repository,
        branch: body.sourceRefName.replace('refs/heads/', ''),
        target: body.targetRefName.replace('refs/heads/', ''),
        title: body.title,
        url: `https://dev.azure.com/${organization}/${project}/_git/${name}/pullrequest/${pullRequestId}`,
      });
      return ok({ pullRequestId }, 201);
    }
    if ((given = is(/^GET \/(.+)\/_apis\/git\/repositories\/([^/]+)$/))) {
      return ok({ id: given.join('/') });
    }
    if (is(/^GET \/.+\/_apis\/git\/policy\/configurations$/)) {
      const repository = query.get('repositoryId')!;
      return ok({ value: forge.isProtected.has(repository) ? [{}] : [] });
    }
    if (is(/^POST \/.+\/_apis\/policy\/configurations$/)) {
      if (forge.refusesProtection) {
        return ok({ message: 'TF401027: You need EditPolicies' }, 403);
      }
      forge.isProtected.add(body.settings.scope[0].repositoryId);
      return ok({ id: 1 });
    }
    return undefined;
  },
};
