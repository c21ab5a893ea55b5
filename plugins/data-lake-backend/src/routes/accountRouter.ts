import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import {
  AccountAccess,
  auditedIfRefused,
  AwsClientFactory,
} from '@data-lake/aws';
import { fieldRules } from '@data-lake/plugin-data-lake-common';
import { listMwaaEnvironments } from '@data-lake/plugin-data-lake-node';
import { Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { parse } from './requests';

/** The routes of the template's form: accounts, and the MWAA environments in them. */
export function createAccountRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  accounts: AccountAccess;
  clients: AwsClientFactory;
}): Router {
  const { httpAuth, auditor, accounts, clients } = options;
  const router = PromiseRouter();

  router.get('/accounts', async (req, res) => {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const { owner } = parse(AccountsQuery, req.query);
    const meta = { owner: owner ?? '', user: user.principal.userEntityRef };
    const event = { auditor, eventId: 'accounts-read', request: req, meta };
    const allowed = await auditedIfRefused(event, () =>
      accounts.listAccounts(user, owner),
    );
    res.json({ accounts: allowed });
  });

  router.get(
    '/accounts/:account/regions/:region/mwaa-environments',
    async (req, res) => {
      const user = await httpAuth.credentials(req, { allow: ['user'] });
      const target = parse(RegionParams, req.params);
      const meta = { ...target, user: user.principal.userEntityRef };
      const event = { auditor, eventId: 'accounts-read', request: req, meta };
      await auditedIfRefused(event, () => accounts.assertMayUse(user, target));
      const environments = await listMwaaEnvironments(
        clients.forTarget(target),
        AbortSignal.timeout(20_000),
      );
      res.json({ environments });
    },
  );

  return router;
}

/** Query of `GET /accounts`. */
export const AccountsQuery = z.object({ owner: z.string().optional() });

const RegionParams = z.object({
  account: z.string().regex(fieldRules.account.pattern),
  region: z.string().regex(fieldRules.region.pattern),
});
