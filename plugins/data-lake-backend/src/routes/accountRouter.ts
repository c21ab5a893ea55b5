import { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { AccountAccess, AwsClientFactory } from '@data-lake/aws';
import { listMwaaEnvironments } from '@data-lake/plugin-data-lake-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { parse } from './requests';

/** The routes of the template's form: accounts, and the MWAA environments in them. */
export function createAccountRouter(options: {
  httpAuth: HttpAuthService;
  accounts: AccountAccess;
  clients: AwsClientFactory;
}): Router {
  const { httpAuth, accounts, clients } = options;
  const router = PromiseRouter();

  router.get('/accounts', async (req, res) => {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const { owner } = parse(AccountsQuery, req.query);
    res.json({ accounts: await accounts.listAccounts(user, owner) });
  });

  router.get(
    '/accounts/:account/regions/:region/mwaa-environments',
    async (req, res) => {
      const user = await httpAuth.credentials(req, { allow: ['user'] });
      const target = parse(RegionParams, req.params);
      const { account, region } = target;
      const allowed = await accounts.listAccounts(user);
      const found = allowed.find(({ id }) => id === account);
      if (!found?.regions.includes(region)) {
        throw new NotAllowedError(
          `Your groups may not use ${account}/${region}. See awsDeploy.accounts in the configuration`,
        );
      }
      const environments = await listMwaaEnvironments(
        clients.forTarget(target),
        AbortSignal.timeout(20_000),
      );
      res.json({ environments });
    },
  );

  return router;
}

const AccountsQuery = z.object({ owner: z.string().optional() });

const RegionParams = z.object({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d$/),
});
