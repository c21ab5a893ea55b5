import { AuditorService } from '@backstage/backend-plugin-api';
import { createTemplateAction } from '@backstage/plugin-scaffolder-node';
import { tagKeys } from '@data-lake/plugin-data-lake-common';
import { AwsClientFactory, consoleUrl, DataLakeConfig } from '@data-lake/aws';
import {
  Deployment,
  deployStack,
  parseTemplate,
  Template,
  templateRules,
} from '@data-lake/cloudformation';
import { AccountAccess } from '../access';
import { audited } from '../audit';
import { taskReports } from '../reports';
import { examples } from './deploy.examples';
import { readTemplate, requestInput, toRequest } from './stackRequest';
import {
  allowanceInput,
  cancelInput,
  recoveryInput,
  waitInput,
} from './inputs';

/** `aws:cloudformation:deploy`: brings any stack to what a template and parameters say. */
export function createDeployAction(options: {
  access: AccountAccess;
  auditor: AuditorService;
  aws: AwsClientFactory;
  settings: DataLakeConfig;
}) {
  const { access, auditor, aws, settings } = options;
  return createTemplateAction({
    id: 'aws:cloudformation:deploy',
    description:
      'Creates or updates a CloudFormation stack by a change set, follows its events, and gives its outputs. Run again, it goes on with what it began.',
    supportsDryRun: true,
    examples,
    schema: {
      input: {
        ...requestInput,
        ...allowanceInput,
        previewDigest: z =>
          z
            .string()
            .optional()
            .describe(
              'digest of a preview: only exactly that change is executed',
            ),
        wait: z =>
          z
            .boolean()
            .optional()
            .describe(
              'false: go on once CloudFormation has begun; a later step with the same input waits for its end',
            ),
        ...cancelInput,
        ...recoveryInput,
        ...waitInput,
      },
      output: {
        stackId: z => z.string().describe('ARN of the stack'),
        status: z => z.string().describe('Such as CREATE_COMPLETE'),
        outputs: z => z.record(z.string()).describe("The stack's outputs"),
        changes: z =>
          z
            .object({
              added: z.array(z.string()),
              changed: z.array(z.string()),
              replaced: z.array(z.string()),
              removed: z.array(z.string()),
            })
            .describe('What was added, changed, replaced and removed'),
        changeSet: z =>
          z
            .string()
            .describe('Name of what was executed; empty: nothing to change'),
        consoleUrl: z => z.string().describe('The stack in the AWS console'),
      },
    },
    async handler(ctx) {
      const { account, region, stackName } = ctx.input;
      const text = await readTemplate(ctx.workspacePath, ctx.input);
      const template = parseTemplate(text, templateRules(settings, account));
      const log = (line: string) => ctx.logger.info(line);
      const deployment = ctx.isDryRun
        ? dryDeployment({ account, region, stackName, template })
        : await deploy();
      ctx.output('stackId', deployment.stackId);
      ctx.output('status', deployment.status);
      ctx.output('outputs', deployment.outputs);
      ctx.output('changes', { ...deployment.changes });
      ctx.output('changeSet', deployment.changeSetName ?? '');
      ctx.output('consoleUrl', deployment.consoleUrl);

      async function deploy() {
        const place = { account, region, stackName };
        const { allowReplacement, allowBroaderPermissions } = ctx.input;
        const roleArn = access.findServiceRole(account);
        const templateBucket = access.findTemplateBucket(account);
        const meta = {
          account,
          region,
          stackName,
          template: template.digest,
          allowReplacement: allowReplacement ?? false,
          allowBroaderPermissions: allowBroaderPermissions ?? false,
        };
        const event = { auditor, ctx, eventId: 'stack-deploy', meta };
        return audited(event, async note => {
          const owner = ctx.input.tags?.[tagKeys.owner];
          await access.assertMayUse(ctx, { ...place, owner });
          return deployStack({
            clients: aws.forTarget({ account, region }),
            request: toRequest(ctx, { template, roleArn, templateBucket }),
            log,
            signal: ctx.signal,
            onCancel: ctx.input.onCancel,
            wait: ctx.input.wait,
            timeoutMinutes: ctx.input.timeoutMinutes,
            allow: { allowReplacement, allowBroaderPermissions },
            continueRollback: ctx.input.continueRollback,
            resourcesToSkip: ctx.input.resourcesToSkip,
            previewDigest: ctx.input.previewDigest,
            reports: taskReports(ctx),
            onChangeSet: changeSet => note({ changeSet }),
            assertMayTouch: access.toMayTouch(ctx, place),
          });
        });
      }
    },
  });
}

/** A dry run checks the template, and asks AWS nothing. */
function dryDeployment(options: {
  account: string;
  region: string;
  stackName: string;
  template: Template;
}): Deployment {
  const { account, region, stackName, template } = options;
  const stackId = `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/dry-run`;
  return {
    stackId,
    status: 'DRY_RUN',
    outputs: Object.fromEntries(
      template.outputNames.map(name => [name, `dry-run-${name.toLowerCase()}`]),
    ),
    changed: false,
    changes: {
      added: Object.entries(template.resourceTypes).map(
        ([id, type]) => `${id} (${type})`,
      ),
      changed: [],
      replaced: [],
      removed: [],
    },
    consoleUrl: consoleUrl({ region }, { of: 'stack', stackId }),
  };
}
