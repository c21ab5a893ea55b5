import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { Entity, stringifyEntityRef } from '@backstage/catalog-model';
import { DeletionRequest } from '@data-lake/plugin-data-lake-common';
import { Request, Router } from 'express';
import PromiseRouter from 'express-promise-router';
import { Access, Right, User } from './Access';
import { DeploymentService } from './DeploymentService';
import { EnvironmentParams, environmentPath, parse } from './requests';

/** What deploying and tearing down would do. A `POST`: CloudFormation is asked, by a change set. */
export function createDeploymentRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  access: Access;
  deployments: DeploymentService;
}): Router {
  const { httpAuth, auditor, access, deployments } = options;
  const router = PromiseRouter();

  router.post(`${environmentPath}/deployment-preview`, async (req, res) => {
    res.json(
      await previewed(req, 'deploy', (entity, environment) =>
        deployments.previewDeployment(entity, environment),
      ),
    );
  });

  router.post(`${environmentPath}/deletion-preview`, async (req, res) => {
    const request = parse(DeletionRequest, req.body ?? {});
    res.json(
      await previewed(req, 'delete', (entity, environment) =>
        deployments.previewDeletion(entity, environment, request),
      ),
    );
  });

  return router;

  /** Asks whether the caller may, and puts into the audit log that they did. */
  async function previewed<T extends { account: string; region: string }>(
    req: Request,
    right: Right,
    preview: (entity: Entity, environment: string) => Promise<T>,
  ): Promise<T> {
    const user: User = await httpAuth.credentials(req, { allow: ['user'] });
    const { environment, ...ref } = parse(EnvironmentParams, req.params);
    const entity = await access.readEntity(user, ref);
    const event = await auditor.createEvent({
      eventId: `preview-${right}`,
      severityLevel: 'low',
      request: req,
      meta: {
        entityRef: stringifyEntityRef(entity),
        environment,
        user: user.principal.userEntityRef,
      },
    });
    try {
      await access.assertMay(user, right, entity);
      const answer = await preview(entity, environment);
      const { account, region } = answer;
      await event.success({ meta: { account, region } });
      return answer;
    } catch (error) {
      await event.fail({ error: error as Error });
      throw error;
    }
  }
}
