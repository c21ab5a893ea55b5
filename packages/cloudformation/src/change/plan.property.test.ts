/** Properties that hold whatever is asked for, and of whatever stack. */
import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aRequest, aStack } from '../__testUtils__';
import { estimateTemplateCost } from '../cost/fixedCost';
import {
  toActToken,
  toAskerName,
  toChangeSetName,
  toExecutionToken,
  toWorkName,
} from '../stack/identity';
import { planDeployment } from './plan';
import { defaultAllowedResourceTypes } from '../template/resourceTypes';
import { maskOutputs, redact } from '../stack/secrets';
import { parseTemplate, Template } from '../template/template';

/** Names that objects, YAML, JSON, HTML and CloudFormation treat apart. */
const hostile = fc.oneof(
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'Fn::Transform',
    'Fn::ForEach::X',
    'Ref',
    '${AWS::Region}',
    '<script>',
    "'; DROP TABLE stacks;--",
    '\u202etxt',
    'ä'.repeat(300),
    '',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);
const token = fc.oneof(
  fc.constant(undefined),
  fc.constant('somebody-else'),
  fc.constantFrom('a', 'b').map(identity => {
    const own = toChangeSetName(aRequest({ identity }), { basis: 'x' });
    return toExecutionToken(own, 'arn');
  }),
  fc
    .tuple(
      fc.constantFrom('a', 'b'),
      fc.constantFrom('cancel' as const, 'delete' as const),
    )
    .map(([identity, act]) => toActToken({ identity }, act, 'x')),
);
const situation = fc.record({
  request: fc.record({
    identity: fc.constantFrom('a', 'b'),
    parameters: fc.oneof(
      fc.constant<Record<string, string>>({ Name: 'x' }),
      fc.dictionary(hostile, fc.string()),
    ),
    entity: fc.constantFrom('component:default/movielens', 'other', undefined),
  }),
  status: fc.constantFrom(...Object.values(StackStatus), undefined),
  isProtected: fc.boolean(),
  lastEvent: fc.option(fc.record({ id: fc.string(), token }), {
    nil: undefined,
  }),
  told: fc.boolean(),
  continueRollback: fc.boolean(),
  purpose: fc.constantFrom('deploy' as const, 'preview' as const),
});

describe('planDeployment', () => {
  it('is total, and begins nothing on a stack that is busy, broken or another’s', () => {
    fc.assert(
      fc.property(situation, ({ request: r, status, isProtected, ...rest }) => {
        const tags: Record<string, string> = r.entity
          ? { 'data-lake:entity': r.entity }
          : {};
        const request = aRequest({
          identity: r.identity,
          parameters: r.parameters,
          tags,
        });
        const stack =
          status && aStack({ status, terminationProtection: isProtected });
        const plan = planDeployment({ ...rest, request, stack });
        expect([
          'create',
          'update',
          'delete first',
          'continue rollback',
          'wait',
          'follow',
          'refuse',
        ]).toContain(plan.do);

        const begins = [
          'create',
          'update',
          'delete first',
          'continue rollback',
        ];
        if (!begins.includes(plan.do)) return;
        expect(status ?? '').not.toMatch(/^(?!REVIEW).*_IN_PROGRESS$/);
        const isThere = stack !== undefined && status !== 'DELETE_COMPLETE';
        const isOurs = r.entity === 'component:default/movielens';
        expect(isThere && !isOurs).toBe(false);
        const isBroken = status?.endsWith('_FAILED') ?? false;
        expect(isBroken && plan.do !== 'continue rollback').toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never begins a second operation for work whose own is going on or has succeeded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(StackStatus)),
        fc.string(),
        fc.boolean(),
        (status, basis, told) => {
          fc.pre(
            /_IN_PROGRESS$|^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status),
          );
          fc.pre(!/^(REVIEW|DELETE)/.test(status));
          const request = aRequest();
          const name = toChangeSetName(request, { basis });
          const lastEvent = { id: 'e', token: toExecutionToken(name, 'arn') };
          const stack = aStack({ status });
          expect(planDeployment({ request, stack, lastEvent, told }).do).toBe(
            'follow',
          );
        },
      ),
    );
  });
});

describe('names and tokens', () => {
  it('fit CloudFormation, whatever they are made of, and tell whose they are', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        hostile,
        (id, stack, value, basis) => {
          const request = aRequest({
            identity: id,
            stackName: stack,
            parameters: { Name: value },
          });
          const name = toChangeSetName(request, { basis });
          const execution = toExecutionToken(name, basis);
          const act = toActToken(request, 'delete', basis);
          expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
          for (const one of [execution, act]) {
            expect(one).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
            expect(one.startsWith(toAskerName(request))).toBe(true);
          }
          expect(execution.startsWith(toWorkName(request))).toBe(true);
          expect(act.startsWith(toWorkName(request))).toBe(false);
        },
      ),
    );
  });
});

describe('parseTemplate', () => {
  const value = fc.jsonValue({ maxDepth: 4 });
  const rules = {
    allowedResourceTypes: defaultAllowedResourceTypes,
    permissionsBoundary: 'arn:aws:iam::123456789012:policy/b',
  };
  const orRefused = (text: string): Template | undefined => {
    try {
      return parseTemplate(text, rules);
    } catch (error) {
      expect((error as Error).name).toBe('InputError');
      return undefined;
    }
  };

  it('takes or refuses any text, and nothing that is not listed gets through', () => {
    const template = fc.record(
      {
        Transform: fc.option(value, { nil: undefined }),
        Parameters: fc.dictionary(hostile, fc.oneof(value, fc.constant({}))),
        Conditions: fc.dictionary(hostile, value),
        Resources: fc.dictionary(
          hostile,
          fc.oneof(
            fc.record({
              Type: fc.oneof(
                fc.constantFrom(...defaultAllowedResourceTypes),
                fc.constantFrom('Custom::X', 'AWS::EC2::Instance'),
                hostile,
              ),
              Properties: value,
              Condition: fc.oneof(hostile, value),
            }),
            value,
          ),
        ),
        Outputs: fc.dictionary(hostile, value),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(
        fc.oneof(
          template.map(t => JSON.stringify(t)),
          fc.string(),
        ),
        text => {
          const parsed = orRefused(text);
          if (!parsed) return;
          expect(parsed.macros).toEqual([]);
          for (const type of Object.values(parsed.resourceTypes)) {
            expect(defaultAllowedResourceTypes).toContain(type);
          }
          estimateTemplateCost(parsed, {});
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('secrets', () => {
  it('never get through, wherever they stand', () => {
    const template = parseTemplate(
      '{"Parameters": {"Secret": {"Type": "String", "NoEcho": true}}, "Resources": {"T": {"Type": "AWS::SNS::Topic"}}}',
      { allowedResourceTypes: ['AWS::SNS::Topic'] },
    );
    const secret = fc.string({ minLength: 4, maxLength: 30 });
    fc.assert(
      fc.property(secret, fc.string(), fc.string(), (Secret, before, after) => {
        fc.pre(!'****'.includes(Secret) && !Secret.includes('*'));
        const request = { template, parameters: { Secret } };
        const text = `${before}${Secret}${after}`;
        expect(redact(request, text)).not.toContain(Secret);
        expect(maskOutputs(request, { O: text })).toEqual({ O: '****' });
      }),
    );
  });
});
