import { AuditorService, HttpAuthService } from '@backstage/backend-plugin-api';
import { AccountAccess, AwsClientFactory } from '@data-lake/aws';
import { CodeHost } from '@data-lake/plugin-data-lake-common';
import { EntityAccess } from '@data-lake/plugin-data-lake-node';
import express, { Router } from 'express';
import { PipelineService } from '../pipeline/PipelineService';
import { PreviewService } from '../preview/PreviewService';
import { createAccountRouter } from './accountRouter';
import { createCodeHostRouter } from './codeHostRouter';
import { createPipelineRouter } from './pipelineRouter';
import { createPreviewRouter } from './previewRouter';

/** The routes of the plugin: each reads its input, checks access, and calls one thing. */
export function createRouter(options: {
  httpAuth: HttpAuthService;
  auditor: AuditorService;
  accounts: AccountAccess;
  entities: EntityAccess;
  clients: AwsClientFactory;
  codeHosts: CodeHost[];
  pipelines: PipelineService;
  previews: PreviewService;
}): Router {
  const router = Router();
  router.use(express.json({ limit: '100kb' }));
  router.use(createPipelineRouter(options));
  router.use(createPreviewRouter(options));
  router.use(createAccountRouter(options));
  router.use(createCodeHostRouter(options));
  return router;
}
