import { answerByRoutes, ApiRequest, HostOfType, ok, Route } from './StandIn';

/** Bitbucket Cloud, in the shapes of https://developer.atlassian.com/cloud/bitbucket/rest/ */
export const bitbucketCloud: HostOfType = {
  hosts: ['bitbucket.org', 'api.bitbucket.org'],
  toRepository(path) {
    const [, repository, rest] =
      /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer(request, forge) {
    if (!request.scopes) return refuse('Bad credentials', 401);
    const path = request.path.replace('/2.0/repositories', '');
    return answerByRoutes(routes, { ...request, path }, forge);
  },
};

const refuse = (message: string, status: number, detail?: object) =>
  ok({ type: 'error', error: { message, detail } }, status);

const findLack = ({ scopes = [] }: ApiRequest, scope: string) =>
  scopes.includes(scope)
    ? undefined
    : refuse(
        'Your credentials lack one or more required privilege scopes.',
        403,
        { granted: scopes, required: [scope] },
      );

const routes: Route[] = [
  [
    /^GET \/([^/]+\/[^/]+)\/src\/main\/(.+)$/,
    async (_, forge, [repository, file]) => {
      const content = await forge.show(repository, file);
      return content === undefined ? refuse('No such file', 404) : ok(content);
    },
  ],
  [
    /^GET \/([^/]+\/[^/]+)\/branch-restrictions$/,
    (_, forge, [repository]) => {
      const kinds = forge.isProtected.has(repository)
        ? ['push', 'force', 'delete', 'require_approvals_to_merge']
        : [];
      return ok({ values: kinds.map(kind => ({ kind })) });
    },
  ],
  [
    /^POST \/([^/]+\/[^/]+)\/branch-restrictions$/,
    (request, forge, [repository]) => {
      if (forge.refusesProtection) return refuse('Not on this plan', 403);
      forge.isProtected.add(repository);
      const { kind } = request.body;
      return findLack(request, 'repository:admin') ?? ok({ kind }, 201);
    },
  ],
  [
    /^GET \/([^/]+\/[^/]+)\/pullrequests$/,
    ({ query }, forge, [repository]) => {
      const [, branch] = /name = "(.+?)"/.exec(query.get('q') ?? '') ?? [];
      const values = forge
        .listChanges(repository, branch)
        .map(({ url }) => ({ links: { html: { href: url } } }));
      return ok({ values });
    },
  ],
  [
    /^POST \/([^/]+\/[^/]+)\/pullrequests$/,
    ({ body }, forge, [repository]) => {
      const id = forge.changes.length + 1;
      const url = `https://bitbucket.org/${repository}/pull-requests/${id}`;
      const branch = body.source.branch.name;
      const target = body.destination.branch.name;
      const { title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok({ id, links: { html: { href: url } } }, 201);
    },
  ],
  [
    /^POST \/([^/]+\/[^/]+)$/,
    async (request, forge, [repository]) => {
      if (forge.has(repository)) {
        const message = 'Repository with this Slug and Owner already exists.';
        return refuse(message, 400);
      }
      const lack = findLack(request, 'repository:admin');
      if (lack) return lack;
      await forge.add(repository);
      const href = `https://ada@bitbucket.org/${repository}.git`;
      return ok({
        links: {
          html: { href: `https://bitbucket.org/${repository}` },
          clone: [{ name: 'https', href }],
        },
      });
    },
  ],
];
