import { HostOfType, ok } from './StandIn';

/** Gitea, in the shapes of its swagger; the test of a real one is `./dev test gitea`. */
export const gitea: HostOfType = {
  hosts: ['gitea.example.com'],
  toRepository(path) {
    const [, repository, rest] =
      /^\/([^/]+\/[^/]+?)\.git(\/.*)$/.exec(path) ?? [];
    return repository ? { repository, rest } : undefined;
  },
  async answer({ method, path, body, scopes }, forge) {
    // The page that the official action polls. A real one hides a private repository from it, for 20 seconds.
    if (/\/src\/branch\/main$/.test(path)) return ok('page');
    if (!scopes) return ok({ message: 'user does not exist' }, 401);
    const operation = `${method} ${path.replace('/api/v1', '')}`;
    const is = (pattern: RegExp) => pattern.exec(operation)?.slice(1);
    let given: string[] | undefined;
    if ((given = is(/^GET \/orgs\/([^/]+)$/))) return ok({ name: given[0] });
    if ((given = is(/^POST \/orgs\/([^/]+)\/repos$/))) {
      const repository = `${given[0]}/${body.name}`;
      if (!scopes.includes('create')) {
        return ok({ message: 'User is not allowed to create repository' }, 403);
      }
      if (forge.has(repository)) {
        return ok({ message: 'The repository already exists.' }, 409);
      }
      await forge.add(repository);
      return ok({ full_name: repository, private: body.private }, 201);
    }
    if ((given = is(/^GET \/repos\/([^/]+\/[^/]+)\/contents\/(.+)$/))) {
      const content = await forge.show(given[0], given[1]);
      return content === undefined
        ? ok({ message: 'object does not exist' }, 404)
        : ok({
            encoding: 'base64',
            content: Buffer.from(content).toString('base64'),
          });
    }
    if ((given = is(/^GET \/repos\/(.+)\/branch_protections\/main$/))) {
      return forge.isProtected.has(given[0])
        ? ok({ rule_name: 'main' })
        : ok({ message: 'not found' }, 404);
    }
    if ((given = is(/^POST \/repos\/(.+)\/branch_protections$/))) {
      if (forge.refusesProtection) return ok({ message: 'not an admin' }, 403);
      forge.isProtected.add(given[0]);
      return ok({ rule_name: body.rule_name }, 201);
    }
    if ((given = is(/^GET \/repos\/([^/]+\/[^/]+)\/pulls$/))) {
      return ok(
        forge.changes
          .filter(each => each.repository === given![0])
          .map(({ url, branch }) => ({ html_url: url, head: { ref: branch } })),
      );
    }
    if ((given = is(/^POST \/repos\/([^/]+\/[^/]+)\/pulls$/))) {
      const [repository] = given;
      const number = forge.changes.length + 1;
      const url = `https://gitea.example.com/${repository}/pulls/${number}`;
      const { head: branch, base: target, title } = body;
      forge.changes.push({ repository, branch, target, title, url });
      return ok({ number, html_url: url, head: { ref: branch } }, 201);
    }
    return undefined;
  },
};
