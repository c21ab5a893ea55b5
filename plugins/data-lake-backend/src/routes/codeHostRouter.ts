import { HttpAuthService } from '@backstage/backend-plugin-api';
import { CodeHost } from '@data-lake/plugin-data-lake-common';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';

/** The route of the template's form for the hosts of repositories, which are no secret of anybody's. */
export function createCodeHostRouter(options: {
  httpAuth: HttpAuthService;
  codeHosts: CodeHost[];
}): Router {
  const { httpAuth, codeHosts } = options;
  const router = PromiseRouter();
  router.get('/code-hosts', async (req, res) => {
    await httpAuth.credentials(req, { allow: ['user'] });
    res.json({ hosts: codeHosts });
  });
  return router;
}
