import { answerByRoutes, HostOfType, ok, Route } from './StandIn';

/** GitLab, in the shapes of https://docs.gitlab.com/api/ */
export const gitlab: HostOfType = {
  hosts: ['gitlab.com'],
  toRepository(path) {
    const [, repository, rest] = /^\/(.+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer(request, forge) {
    const { method, path, scopes } = request;
    if (!scopes) return ok({ message: '401 Unauthorized' }, 401);
    if (!scopes.includes('api') && method !== 'GET') return insufficient;
    const relative = path.replace('/api/v4', '');
    return answerByRoutes(routes, { ...request, path: relative }, forge);
  },
};

const insufficient = ok(
  {
    error: 'insufficient_scope',
    error_description:
      'The request requires higher privileges than provided by the access token.',
    scope: 'api',
  },
  403,
);

const taken = ok(
  {
    message: {
      name: ['has already been taken'],
      path: ['has already been taken'],
    },
  },
  400,
);

const notFound = ok({ message: '404 Project Not Found' }, 404);

const routes: Route[] = [
  [
    /^GET \/namespaces\/(.+)$/,
    (_, __, [path]) => ok({ id: 42, name: path, path, kind: 'group' }),
  ],
  [/^GET \/user$/, () => ok({ id: 7, username: 'ada' })],
  [/^GET \/groups\/.+\/projects$/, () => ok([])],
  [
    /^POST \/projects$/,
    async ({ body }, forge) => {
      const repository = `acme/${body.path}`;
      if (forge.has(repository)) return taken;
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
    },
  ],
  [
    /^GET \/projects\/(.+)\/repository\/files\/(.+)\/raw$/,
    async (_, forge, [repository, file]) => {
      const content = await forge.show(repository, file);
      return content === undefined ? notFound : ok(content);
    },
  ],
  [
    /^GET \/projects\/(.+)\/protected_branches\/main$/,
    (_, forge, [repository]) =>
      forge.isProtected.has(repository)
        ? ok({ id: 1, name: 'main' })
        : ok({ message: '404 Not found' }, 404),
  ],
  [
    /^POST \/projects\/(.+)\/protected_branches$/,
    ({ body }, forge, [repository]) => {
      if (forge.refusesProtection) return ok({ message: '403 Forbidden' }, 403);
      forge.isProtected.add(repository);
      return ok({ id: 1, name: body.name }, 201);
    },
  ],
  [
    /^GET \/projects\/(.+)\/merge_requests$/,
    ({ query }, forge, [repository]) => {
      const open = forge.listChanges(repository, query.get('source_branch'));
      return ok(open.map(({ url }) => ({ iid: 1, web_url: url })));
    },
  ],
  [
    /^POST \/projects\/(.+)\/merge_requests$/,
    ({ body }, forge, [repository]) => {
      const iid = forge.changes.length + 1;
      const url = `https://gitlab.com/${repository}/-/merge_requests/${iid}`;
      const { source_branch: branch, target_branch: target, title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok({ iid, web_url: url }, 201);
    },
  ],
];
