import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import { RunRequest } from '@data-lake/plugin-data-lake-common';
import {
  AwsClientFactory,
  listMwaaEnvironments,
} from '@data-lake/plugin-data-lake-node';
import express, { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import * as z from 'zod';
import { Access } from './Access';
import { PipelineService } from './PipelineService';
import {
  entityPath,
  EntityParams,
  EnvironmentParams,
  environmentPath,
  parse,
} from './requests';

/** The routes of the plugin: each reads its input, asks whether the caller may, and does one thing. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  access: Access;
  pipelines: PipelineService;
  clients: AwsClientFactory;
}): Router {
  const { httpAuth, auditor, access, pipelines, clients } = options;
  const router = PromiseRouter();
  router.use(express.json({ limit: '100kb' }));

  const readUser = (req: Request) =>
    httpAuth.credentials(req, { allow: ['user'] });

  router.get(`${entityPath}/pipeline`, async (req, res) => {
    const user = await readUser(req);
    const ref = parse(EntityParams, req.params);
    const entity = await access.readEntity(user, ref);
    const rights = await access.listRights(user, entity);
    res.json(await pipelines.read(entity, rights));
  });

  router.post(`${environmentPath}/refresh`, async (req, res) => {
    const user = await readUser(req);
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const entity = await access.readEntity(user, ref);
    pipelines.refresh(entity, environment);
    res.status(202).json({});
  });

  router.post(`${environmentPath}/runs`, async (req, res) => {
    const user = await readUser(req);
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const request = parse(RunRequest, req.body);
    const entity = await access.readEntity(user, ref);
    const entityRef = stringifyEntityRef(ref);
    const event = await auditor.createEvent({
      eventId: 'run',
      severityLevel: 'medium',
      request: req,
      meta: {
        entityRef,
        environment,
        runId: request.runId,
        user: user.principal.userEntityRef,
      },
    });
    try {
      await access.assertMay(user, 'run', entity);
      const target = pipelines.findTarget(entity, environment);
      const { account, region } = target.environment;
      const runId = await pipelines.startRun(target, request);
      await event.success({ meta: { account, region } });
      res.status(201).json({ runId });
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  });

  router.get('/accounts', async (req, res) => {
    const user = await readUser(req);
    const { owner } = parse(AccountsQuery, req.query);
    res.json({ accounts: await access.listAccounts(user, owner) });
  });

  router.get(
    '/accounts/:account/regions/:region/mwaa-environments',
    async (req, res) => {
      const user = await readUser(req);
      const { account, region } = parse(RegionParams, req.params);
      const allowed = await access.listAccounts(user);
      const found = allowed.find(({ id }) => id === account);
      if (!found?.regions.includes(region)) {
        throw new NotAllowedError(
          `Your groups may not use ${account}/${region}. See dataLake.accounts in the configuration`,
        );
      }
      const environments = await listMwaaEnvironments(
        clients.forTarget({ account, region }),
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
