import { answerByRoutes, HostOfType, ok, Route } from './StandIn';

/** Gitea, in the shapes of its swagger; the test of a real one is `./dev test gitea`. */
export const gitea: HostOfType = {
  hosts: ['gitea.example.com'],
  toRepository(path) {
    const [, repository, rest] =
      /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer(request, forge) {
    // The page that the official action polls. A real one hides a private repository from it, for 20 seconds.
    if (/\/src\/branch\/main$/.test(request.path)) return ok('page');
    if (!request.scopes) return ok({ message: 'user does not exist' }, 401);
    const path = request.path.replace('/api/v1', '');
    return answerByRoutes(routes, { ...request, path }, forge);
  },
};

const routes: Route[] = [
  [/^GET \/orgs\/([^/]+)$/, (_, __, [name]) => ok({ name })],
  [
    /^POST \/orgs\/([^/]+)\/repos$/,
    async ({ body, scopes }, forge, [org]) => {
      const repository = `${org}/${body.name}`;
      if (!scopes!.includes('create')) {
        return ok({ message: 'User is not allowed to create repository' }, 403);
      }
      if (forge.has(repository)) {
        return ok({ message: 'The repository already exists.' }, 409);
      }
      await forge.add(repository);
      return ok({ full_name: repository, private: body.private }, 201);
    },
  ],
  [
    /^GET \/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/,
    async (_, forge, [repository, file]) => {
      const text = await forge.show(repository, file);
      if (text === undefined) {
        return ok({ message: 'object does not exist' }, 404);
      }
      const content = Buffer.from(text).toString('base64');
      return ok({ encoding: 'base64', content });
    },
  ],
  [
    /^GET \/repos\/(.+)\/branch_protections\/main$/,
    (_, forge, [repository]) =>
      forge.isProtected.has(repository)
        ? ok({ rule_name: 'main' })
        : ok({ message: 'not found' }, 404),
  ],
  [
    /^POST \/repos\/(.+)\/branch_protections$/,
    ({ body }, forge, [repository]) => {
      if (forge.refusesProtection) return ok({ message: 'not an admin' }, 403);
      forge.isProtected.add(repository);
      return ok({ rule_name: body.rule_name }, 201);
    },
  ],
  [
    /^GET \/repos\/([^/]+\/[^/]+)\/pulls$/,
    (_, forge, [repository]) =>
      ok(
        forge
          .listChanges(repository)
          .map(({ url, branch }) => ({ html_url: url, head: { ref: branch } })),
      ),
  ],
  [
    /^POST \/repos\/([^/]+\/[^/]+)\/pulls$/,
    ({ body }, forge, [repository]) => {
      const number = forge.changes.length + 1;
      const url = `https://gitea.example.com/${repository}/pulls/${number}`;
      const { head: branch, base: target, title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok({ number, html_url: url, head: { ref: branch } }, 201);
    },
  ],
];
