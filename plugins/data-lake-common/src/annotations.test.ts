import { Entity } from '@backstage/catalog-model';
import * as fc from 'fast-check';
import {
  hasPipeline,
  listEnvironmentAnnotations,
  parseEnvironment,
  parseEnvironments,
} from './annotations';
import { DeployedEnvironment, environmentKey } from './environment';
import { environmentNamePattern } from './names';

const entity = (annotations?: Record<string, string>): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'movielens', annotations },
});
const arn = (name: string, where = 'eu-central-1:111122223333') =>
  `arn:aws:cloudformation:${where}:stack/${name}`;
const key = 'data-lake/environment-demo';

/** As the template writes it. */
const toAnnotation = ({ name, account, region, stacks }: DeployedEnvironment) =>
  [
    `data-lake/environment-${name}`,
    stacks.map(stack => arn(stack.name, `${region}:${account}`)).join(','),
  ] as const;

const anyEnvironment: fc.Arbitrary<DeployedEnvironment> = fc
  .record({
    name: fc.stringMatching(environmentNamePattern),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom('eu-central-1', 'us-gov-west-1', 'cn-north-1'),
    names: fc.array(fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,60}$/), {
      minLength: 1,
      maxLength: 4,
    }),
  })
  .map(({ names, ...place }) => ({
    ...place,
    stacks: names.map(name => ({
      account: place.account,
      region: place.region,
      name,
    })),
  }));

describe('parseEnvironments', () => {
  it('reads what the template writes', () => {
    const environments = fc.uniqueArray(anyEnvironment, {
      selector: ({ name }) => name,
      maxLength: 4,
    });
    fc.assert(
      fc.property(environments, all => {
        const read = parseEnvironments(
          entity(Object.fromEntries(all.map(toAnnotation))),
        );
        const byName = [...all].sort((a, b) => a.name.localeCompare(b.name));
        expect(read).toEqual(byName);
      }),
    );
  });

  it('leaves other annotations alone', () => {
    const other = entity({ 'backstage.io/source-location': 'url:x' });
    expect(parseEnvironments(other)).toEqual([]);
    expect(parseEnvironments(entity())).toEqual([]);
    expect([hasPipeline(other), hasPipeline(entity({ [key]: '' }))]).toEqual([
      false,
      true,
    ]);
  });
});

describe('parseEnvironment', () => {
  it('takes ARNs with the id of the stack, other partitions, and spaces', () => {
    const text = `${arn(
      'a',
    )}/1a2b-3c , arn:aws-us-gov:cloudformation:eu-central-1:111122223333:stack/b`;
    expect(parseEnvironment(key, text).stacks.map(s => s.name)).toEqual([
      'a',
      'b',
    ]);
  });

  it.each([
    ['nonsense', /'nonsense' is not a stack ARN/],
    ['', /'' is not a stack ARN/],
    [`${arn('a')},`, /'' is not a stack ARN/],
    [`${arn('a')},${arn('b', 'us-east-1:111122223333')}`, /same account and/],
    [`${arn('a')},${arn('b', 'eu-central-1:999999999999')}`, /same account/],
  ])('refuses %p and names the annotation', (text, message) => {
    expect(() => parseEnvironment(key, text)).toThrow(message);
    expect(() => parseEnvironment(key, text)).toThrow(key);
  });

  it('is what one bad annotation does not take from the others', () => {
    const both = entity({ [key]: arn('a'), 'data-lake/environment-bad': '?' });
    expect(listEnvironmentAnnotations(both)).toEqual([
      ['data-lake/environment-bad', '?'],
      [key, arn('a')],
    ]);
  });
});

describe('environmentKey', () => {
  it('differs for each entity and environment', () => {
    const name = fc.stringMatching(environmentNamePattern);
    const entityRef = fc.stringMatching(/^[a-z]+:[a-z]+\/[a-z-]+$/);
    const ref = fc.record({ entityRef, name });
    fc.assert(
      fc.property(ref, ref, (a, b) => {
        expect(environmentKey(a) === environmentKey(b)).toBe(
          a.entityRef === b.entityRef && a.name === b.name,
        );
      }),
    );
  });
});
