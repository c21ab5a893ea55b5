import {
  AuditorService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { audited, auditedIfRefused } from '@data-lake/aws';
import { RunRequest } from '@data-lake/plugin-data-lake-common';
import { EntityAccess } from '@data-lake/plugin-data-lake-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { PipelineService } from '../pipeline/PipelineService';
import {
  EntityParams,
  entityPath,
  EnvironmentParams,
  environmentPath,
  parse,
  toEntityRef,
} from './requests';

/** The routes that read, refresh and run a pipeline. */
export function createPipelineRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  entities: EntityAccess;
  pipelines: PipelineService;
}): Router {
  const { httpAuth, auditor, entities, pipelines } = options;
  const readEntity = toReadEntity(options);
  const router = PromiseRouter();

  router.get(`${entityPath}/pipeline`, async (req, res) => {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const ref = parse(EntityParams, req.params);
    const entity = await readEntity(req, user, ref);
    const rights = await entities.listRights(user, entity);
    res.json(await pipelines.readPipeline(entity, rights));
  });

  router.post(`${environmentPath}/refresh`, async (req, res) => {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const entity = await readEntity(req, user, ref);
    const { userEntityRef } = user.principal;
    pipelines.refresh(entity, environment, userEntityRef);
    res.status(202).json({});
  });

  router.post(`${environmentPath}/runs`, async (req, res) => {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const request = parse(RunRequest, req.body);
    const meta = {
      entityRef: toEntityRef(ref),
      environment,
      runId: request.runId,
      user: user.principal.userEntityRef,
    };
    const event = { auditor, eventId: 'run', request: req, meta };
    const runId = await audited(event, async note => {
      const entity = await entities.readEntity(user, ref, 'run');
      return pipelines.startRun(entity, environment, {
        request,
        onStart: ({ account, region }) => note({ account, region }),
      });
    });
    res.status(201).json({ runId });
  });

  return router;
}

/** Makes the read of an entity; one that is refused is audited. */
function toReadEntity(options: {
  auditor: AuditorService;
  entities: EntityAccess;
}) {
  const { auditor, entities } = options;
  return (
    request: Request,
    user: BackstageCredentials<BackstageUserPrincipal>,
    ref: EntityParams,
  ): Promise<Entity> => {
    const meta = {
      entityRef: toEntityRef(ref),
      user: user.principal.userEntityRef,
    };
    const event = { auditor, eventId: 'pipeline-read', request, meta };
    return auditedIfRefused(event, () =>
      entities.readEntity(user, ref, 'read'),
    );
  };
}
