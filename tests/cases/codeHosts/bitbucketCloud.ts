import { HostOfType, ok } from './StandIn';

/** Bitbucket Cloud, in the shapes of https://developer.atlassian.com/cloud/bitbucket/rest/ */
export const bitbucketCloud: HostOfType = {
  hosts: ['bitbucket.org', 'api.bitbucket.org'],
  toRepository(path) {
    const [, repository, rest] =
      /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer({ method, path, query, body, scopes }, forge) {
    if (!scopes) {
      return ok({ type: 'error', error: { message: 'Bad credentials' } }, 401);
    }
    const operation = `${method} ${path.replace('/2.0/repositories', '')}`;
    const is = (pattern: RegExp) => pattern.exec(operation)?.slice(1);
    const lacks = (scope: string) =>
      scopes.includes(scope)
        ? undefined
        : ok(
            {
              type: 'error',
              error: {
                message:
                  'Your credentials lack one or more required privilege scopes.',
                detail: { granted: scopes, required: [scope] },
              },
            },
            403,
          );
    let given: string[] | undefined;
    if ((given = is(/^GET \/([^/]+\/[^/]+)\/src\/main\/(.+)$/))) {
      const content = await forge.show(given[0], given[1]);
      return content === undefined
        ? ok({ type: 'error', error: { message: 'No such file' } }, 404)
        : ok(content);
    }
    if ((given = is(/^GET \/([^/]+\/[^/]+)\/branch-restrictions$/))) {
      const [repository] = given;
      const values = forge.isProtected.has(repository)
        ? ['push', 'force', 'delete', 'require_approvals_to_merge']
        : [];
      return ok({ values: values.map(kind => ({ kind })) });
    }
    if ((given = is(/^POST \/([^/]+\/[^/]+)\/branch-restrictions$/))) {
      if (forge.refusesProtection) {
        return ok(
          { type: 'error', error: { message: 'Not on this plan' } },
          403,
        );
      }
      forge.isProtected.add(given[0]);
      return lacks('repository:admin') ?? ok({ kind: body.kind }, 201);
    }
    if ((given = is(/^GET \/([^/]+\/[^/]+)\/pullrequests$/))) {
      const [repository] = given;
      const q = query.get('q') ?? '';
      return ok({
        values: forge.changes
          .filter(each => each.repository === repository)
          .filter(each => q.includes(`"${each.branch}"`))
          .map(({ url }) => ({ links: { html: { href: url } } })),
      });
    }
    if ((given = is(/^POST \/([^/]+\/[^/]+)\/pullrequests$/))) {
      const [repository] = given;
      const id = forge.changes.length + 1;
      const url = `https://bitbucket.org/${repository}/pull-requests/${id}`;
      forge.changes.push({
        repository,
        branch: body.source.branch.name,
        target: body.destination.branch.name,
        title: body.title,
        url,
      });
      return ok({ id, links: { html: { href: url } } }, 201);
    }
    if ((given = is(/^POST \/([^/]+\/[^/]+)$/))) {
      const [repository] = given;
      if (forge.has(repository)) {
        return ok(
          {
            type: 'error',
            error: {
              message: 'Repository with this Slug and Owner already exists.',
            },
          },
          400,
        );
      }
      const refusal = lacks('repository:admin');
      if (refusal) return refusal;
      await forge.add(repository);
      const page = `https://bitbucket.org/${repository}`;
      return ok({
        links: {
          html: { href: page },
          clone: [
            {
              name: 'https',
              href: `https://ada@bitbucket.org/${repository}.git`,
            },
          ],
        },
      });
    }
    return undefined;
  },
};
