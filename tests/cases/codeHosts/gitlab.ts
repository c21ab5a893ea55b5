import { HostOfType, ok } from './StandIn';

/** GitLab, in the shapes of https://docs.gitlab.com/api/ */
export const gitlab: HostOfType = {
  hosts: ['gitlab.com'],
  toRepository(path) {
    const [, repository, rest] = /^\/(.+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer({ method, path, query, body, scopes }, forge) {
    if (!scopes) return ok({ message: '401 Unauthorized' }, 401);
    const operation = `${method} ${path.replace('/api/v4', '')}`;
    const is = (pattern: RegExp) => pattern.exec(operation)?.slice(1);
    if (!scopes.includes('api') && method !== 'GET') {
      return ok(
        {
          error: 'insufficient_scope',
          error_description:
            'The request requires higher privileges than provided by the access token.',
          scope: 'api',
        },
        403,
      );
    }
    let given: string[] | undefined;
    if ((given = is(/^GET \/namespaces\/(.+)$/))) {
      return ok({ id: 42, name: given[0], path: given[0], kind: 'group' });
    }
    if (is(/^GET \/user$/)) return ok({ id: 7, username: 'ada' });
    if (is(/^GET \/groups\/.+\/projects$/)) return ok([]);
    if (is(/^POST \/projects$/)) {
      const repository = `acme/${body.path}`;
      if (forge.has(repository)) {
        return ok(
          {
            message: {
              name: ['has already been taken'],
              path: ['has already been taken'],
            },
          },
          400,
        );
      }
      await forge.add(repository);
      return ok(
        {
          id: 11,
          path: body.path,
          path_with_namespace: repository,
          web_url: `https://gitlab.com/${repository}`,
          http_url_to_repo: `https://gitlab.com/${repository}.git`,
          visibility: body.visibility,
        },
        201,
      );
    }
    if ((given = is(/^GET \/projects\/(.+)\/repository\/files\/(.+)\/raw$/))) {
      const content = await forge.show(given[0], given[1]);
      return content === undefined
        ? ok({ message: '404 Project Not Found' }, 404)
        : ok(content);
    }
    if ((given = is(/^GET \/projects\/(.+)\/protected_branches\/main$/))) {
      return forge.isProtected.has(given[0])
        ? ok({ id: 1, name: 'main' })
        : ok({ message: '404 Not found' }, 404);
    }
    if ((given = is(/^POST \/projects\/(.+)\/protected_branches$/))) {
      if (forge.refusesProtection) return ok({ message: '403 Forbidden' }, 403);
      forge.isProtected.add(given[0]);
      return ok({ id: 1, name: body.name }, 201);
    }
    if ((given = is(/^GET \/projects\/(.+)\/merge_requests$/))) {
      return ok(
        forge.changes
          .filter(each => each.repository === given![0])
          .filter(each => each.branch === query.get('source_branch'))
          .map(({ url }) => ({ iid: 1, web_url: url })),
      );
    }
    if ((given = is(/^POST \/projects\/(.+)\/merge_requests$/))) {
      const [repository] = given;
      const iid = forge.changes.length + 1;
      const url = `https://gitlab.com/${repository}/-/merge_requests/${iid}`;
      const { source_branch: branch, target_branch: target, title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok({ iid, web_url: url }, 201);
    }
    return undefined;
  },
};
