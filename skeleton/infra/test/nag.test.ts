import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledge, acknowledged } from '../lib/acknowledged.ts';
import { FoundationsStack } from '../lib/foundations-stack.ts';

/** `<logical id> <finding>` of what the AWS Solutions rules find. */
function findings({ acknowledging }: { acknowledging: boolean }): string[] {
  const app = new App();
  const stack = new FoundationsStack(app, 'foundations');
  if (acknowledging) acknowledge(stack);
  return new AwsSolutionsChecks(app)
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(
        (resource) => `${resource.constructPath?.split('/').at(-1)} ${ruleName.replace('AwsSolutions-', '')}`,
      ),
    )
    .sort();
}

test('cdk-nag finds nothing that is not acknowledged', () => {
  assert.deepEqual(findings({ acknowledging: true }), []);
});

test('what is acknowledged is really found, and has a reason', () => {
  const entries = Object.entries(acknowledged).flatMap(([id, reasons]) =>
    Object.entries(reasons).map(([finding, reason]) => {
      assert.ok(reason.length > 20, `${id} ${finding}`);
      return `${id} ${finding}`;
    }),
  );
  assert.deepEqual(entries.sort(), findings({ acknowledging: false }));
});
