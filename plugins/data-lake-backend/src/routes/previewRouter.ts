import {
  AuditorService,
  BackstageCredentials,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { audited } from '@data-lake/aws';
import { DeletionRequest } from '@data-lake/plugin-data-lake-common';
import { EntityAccess } from '@data-lake/plugin-data-lake-node';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { PreviewService } from '../preview/PreviewService';
import {
  EnvironmentParams,
  environmentPath,
  parse,
  toEntityRef,
} from './requests';

/** The routes that preview deployments and deletions. `POST`: a preview makes a change set. */
export function createPreviewRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  entities: EntityAccess;
  previews: PreviewService;
}): Router {
  const { httpAuth, auditor, entities, previews } = options;
  const router = PromiseRouter();

  router.post(`${environmentPath}/deployment-preview`, async (req, res) => {
    res.json(
      await preview(req, 'deploy', (entity, environment, user) =>
        previews.previewDeployment(entity, environment, user),
      ),
    );
  });

  router.post(`${environmentPath}/deletion-preview`, async (req, res) => {
    const request = parse(DeletionRequest, req.body ?? {});
    res.json(
      await preview(req, 'delete', (entity, environment, user) =>
        previews.previewDeletion(entity, environment, { user, request }),
      ),
    );
  });

  return router;

  async function preview<T extends { account: string; region: string }>(
    req: Request,
    act: 'deploy' | 'delete',
    read: (
      entity: Entity,
      environment: string,
      user: BackstageCredentials,
    ) => Promise<T>,
  ): Promise<T> {
    const user = await httpAuth.credentials(req, { allow: ['user'] });
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const event = {
      auditor,
      eventId: `preview-${act}`,
      severityLevel: 'low' as const,
      request: req,
      meta: {
        entityRef: toEntityRef(ref),
        environment,
        user: user.principal.userEntityRef,
      },
    };
    return audited(event, async note => {
      const entity = await entities.readEntity(user, ref, act);
      const answer = await read(entity, environment, user);
      note({ account: answer.account, region: answer.region });
      return answer;
    });
  }
}
