import { ApiAnswer, ApiRequest, HostOfType, ok } from './StandIn';
import { Forge } from './Forge';
import { checkAnswer, checkRequest, exampleOf } from './githubApi';

/** GitHub, whose requests and answers are held to its own description of the API. */
export const github: HostOfType = {
  hosts: ['github.com', 'api.github.com'],
  toRepository(path) {
    const [, repository, rest] =
      /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer(request, forge) {
    const found = routes.find(
      ([method, pattern]) =>
        method === request.method && pattern.test(request.path),
    );
    if (!found) return undefined;
    const [method, pattern, operation, handler] = found;
    const given = pattern.exec(request.path)!.slice(1);
    forge.faults.push(...checkRequest(`${method} ${operation}`, request.body));
    if (!request.scopes) return ok({ message: 'Bad credentials' }, 401);
    const answer = await handler(request, forge, given);
    if (typeof answer.body !== 'string') {
      forge.faults.push(...checkAnswer(`${method} ${operation}`, answer));
    }
    return answer;
  },
};

type Handler = (
  request: ApiRequest,
  forge: Forge,
  given: string[],
) => Promise<ApiAnswer>;

const notFound = ok({ message: 'Not Found', documentation_url: 'x' }, 404);

/** A classic token without the scope is answered as if nothing were there. */
const isFineGrained = (scopes: string[]) => scopes.includes('fine-grained');
const may = ({ scopes = [] }: ApiRequest, scope: string) =>
  isFineGrained(scopes) || scopes.includes(scope);

const routes: [string, RegExp, string, Handler][] = [
  [
    'GET',
    /^\/rate_limit$/,
    '/rate_limit',
    async ({ scopes = [] }) => ({
      ...ok(exampleOf('GET /rate_limit')),
      headers: isFineGrained(scopes)
        ? undefined
        : { 'x-oauth-scopes': scopes.join(', ') },
    }),
  ],
  [
    'GET',
    /^\/users\/([^/]+)$/,
    '/users/{username}',
    async (_, __, [login]) =>
      ok({
        ...exampleOf('GET /users/{username}'),
        login,
        type: 'Organization',
      }),
  ],
  [
    'POST',
    /^\/orgs\/([^/]+)\/repos$/,
    '/orgs/{org}/repos',
    async (request, forge, [org]) => {
      const repository = `${org}/${request.body.name}`;
      if (!may(request, 'repo')) return notFound;
      if (request.scopes!.includes('no-create')) {
        return ok(
          {
            message: 'Resource not accessible by personal access token',
            documentation_url: 'x',
          },
          403,
        );
      }
      if (forge.has(repository)) {
        return ok(
          {
            message: 'Repository creation failed.',
            documentation_url: 'x',
            errors: [
              {
                resource: 'Repository',
                code: 'custom',
                field: 'name',
                message: 'name already exists on this account',
              },
            ],
          },
          422,
        );
      }
      await forge.add(repository);
      return ok(
        {
          ...exampleOf('POST /orgs/{org}/repos'),
          // the example is older than this property
          has_discussions: false,
          name: request.body.name,
          full_name: repository,
          html_url: `https://github.com/${repository}`,
          clone_url: `https://github.com/${repository}.git`,
        },
        201,
      );
    },
  ],
  [
    'GET',
    /^\/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/,
    '/repos/{owner}/{repo}/contents/{path}',
    async (request, forge, [repository, path]) => {
      const content = may(request, 'repo')
        ? await forge.show(repository, path)
        : undefined;
      return content === undefined ? notFound : ok(content);
    },
  ],
  [
    'GET',
    /^\/repos\/([^/]+\/[^/]+)\/pulls$/,
    '/repos/{owner}/{repo}/pulls',
    async (request, forge, [repository]) => {
      const branch = request.query.get('head')?.split(':')[1];
      const operation = 'GET /repos/{owner}/{repo}/pulls';
      const [example] = exampleOf(operation);
      // the example's team lacks its type
      const requested_teams: object[] = [];
      return ok(
        forge
          .listChanges(repository, branch ?? null)
          .map(({ url }) => ({ ...example, requested_teams, html_url: url })),
      );
    },
  ],
  [
    'POST',
    /^\/repos\/([^/]+\/[^/]+)\/pulls$/,
    '/repos/{owner}/{repo}/pulls',
    async ({ body }, forge, [repository]) => {
      const number = forge.changes.length + 1;
      const url = `https://github.com/${repository}/pull/${number}`;
      const { head: branch, base: target, title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok(
        {
          ...exampleOf('POST /repos/{owner}/{repo}/pulls'),
          requested_teams: [],
          number,
          html_url: url,
        },
        201,
      );
    },
  ],
  [
    'PUT',
    /^\/repos\/([^/]+\/[^/]+)\/branches\/main\/protection$/,
    '/repos/{owner}/{repo}/branches/{branch}/protection',
    async (request, forge, [repository]) => {
      if (!may(request, 'repo')) return notFound;
      if (forge.refusesProtection) {
        return ok(
          {
            message:
              'Upgrade to GitHub Pro or make this repository public to enable this feature.',
            documentation_url: 'x',
          },
          403,
        );
      }
      forge.isProtected.add(repository);
      return ok(
        exampleOf('PUT /repos/{owner}/{repo}/branches/{branch}/protection'),
      );
    },
  ],
];
