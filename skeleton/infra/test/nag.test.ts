import assert from 'node:assert/strict';
import { test } from 'node:test';
import { App } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { acknowledge, acknowledged } from '../lib/acknowledged.ts';
import { type StackName, stackNames } from '../lib/stack-names.ts';
import { stacks } from '../lib/template.ts';

/** Lists the findings of the AWS Solutions rules, as `<logical id> <finding>`. */
function findings(name: StackName, { acknowledging }: { acknowledging: boolean }): string[] {
  const app = new App();
  const stack = new stacks[name](app, name);
  if (acknowledging) acknowledge(stack, name);
  return new AwsSolutionsChecks(app)
    .validateScope(stack)
    .violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(
        (resource) => `${resource.constructPath?.split('/').at(-1)} ${ruleName.replace('AwsSolutions-', '')}`,
      ),
    )
    .sort();
}

for (const name of stackNames) {
  test(`${name}: cdk-nag finds nothing beyond the acknowledged findings`, () => {
    assert.deepEqual(findings(name, { acknowledging: true }), []);
  });

  test(`${name}: cdk-nag finds every acknowledged finding, and each has a reason`, () => {
    const entries = Object.entries(acknowledged[name]).flatMap(([id, reasons]) =>
      Object.entries(reasons).map(([finding, reason]) => {
        assert.ok(reason.length > 20, `${id} ${finding}`);
        return `${id} ${finding}`;
      }),
    );
    assert.deepEqual(entries.sort(), findings(name, { acknowledging: false }));
  });
}
