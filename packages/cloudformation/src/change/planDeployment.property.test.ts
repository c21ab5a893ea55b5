/** Laws that hold for every specification and every stack. */
import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { aSpec, aStack, toOwnership } from '../__testUtils__';
import { estimateTemplateCost } from '../cost/fixedCost';
import {
  toActToken,
  toCallerName,
  toChangeSetName,
  toExecutionToken,
  toWorkName,
} from '../stack/identity';
import { planDeployment } from './planDeployment';
import { defaultAllowedResourceTypes } from '../template/resourceTypes';
import { maskOutputs, redact } from '../template/secrets';
import { parseTemplate } from '../template/parseTemplate';
import { Template } from '../template/template';

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
  fc.constant('another-caller'),
  fc.constantFrom('a', 'b').map(identity => {
    const own = toChangeSetName(aSpec({ identity }), { basis: 'x' });
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
  spec: fc.record({
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
  isReported: fc.boolean(),
  continueRollback: fc.boolean(),
  purpose: fc.constantFrom('deploy' as const, 'preview' as const),
});

describe('planDeployment', () => {
  it('is total, and starts nothing on a stack that is busy, broken or another’s', () => {
    fc.assert(
      fc.property(situation, ({ spec: r, status, isProtected, ...rest }) => {
        const tags: Record<string, string> = r.entity
          ? { 'data-lake:entity': r.entity }
          : {};
        const spec = aSpec({
          identity: r.identity,
          parameters: r.parameters,
          tags,
          ownership: toOwnership(r.entity),
        });
        const stack =
          status && aStack({ status, terminationProtection: isProtected });
        const plan = planDeployment({ ...rest, spec, stack });
        expect([
          'create',
          'update',
          'delete first',
          'continue rollback',
          'wait',
          'follow',
          'refuse',
        ]).toContain(plan.do);

        const starting = [
          'create',
          'update',
          'delete first',
          'continue rollback',
        ];
        if (!starting.includes(plan.do)) return;
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

  it('starts no second operation for work that is in progress or has succeeded', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(StackStatus)),
        fc.string(),
        fc.boolean(),
        (status, basis, isReported) => {
          fc.pre(
            /_IN_PROGRESS$|^(CREATE|UPDATE|IMPORT)_COMPLETE$/.test(status),
          );
          fc.pre(!/^(REVIEW|DELETE)/.test(status));
          const spec = aSpec();
          const name = toChangeSetName(spec, { basis });
          const lastEvent = { id: 'e', token: toExecutionToken(name, 'arn') };
          const stack = aStack({ status });
          expect(
            planDeployment({ spec, stack, lastEvent, isReported }).do,
          ).toBe('follow');
        },
      ),
    );
  });
});

describe('names and tokens', () => {
  it('fit CloudFormation for any input, and identify their owner', () => {
    fc.assert(
      fc.property(
        hostile,
        hostile,
        hostile,
        hostile,
        (id, stack, value, basis) => {
          const spec = aSpec({
            identity: id,
            stackName: stack,
            parameters: { Name: value },
          });
          const name = toChangeSetName(spec, { basis });
          const execution = toExecutionToken(name, basis);
          const act = toActToken(spec, 'delete', basis);
          expect(name).toMatch(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/);
          for (const one of [execution, act]) {
            expect(one).toMatch(/^[a-zA-Z0-9][-a-zA-Z0-9]{0,127}$/);
            expect(one.startsWith(toCallerName(spec))).toBe(true);
          }
          expect(execution.startsWith(toWorkName(spec))).toBe(true);
          expect(act.startsWith(toWorkName(spec))).toBe(false);
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

  it('accepts or refuses any text, and lets only listed types through', () => {
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
        const spec = { template, parameters: { Secret } };
        const text = `${before}${Secret}${after}`;
        expect(redact(spec, text)).not.toContain(Secret);
        expect(maskOutputs(spec, { O: text })).toEqual({ O: '****' });
      }),
    );
  });
});
