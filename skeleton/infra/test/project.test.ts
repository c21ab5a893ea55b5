import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEnvironment, findStack, readProject, stackParameters, stackTags } from '../lib/project.ts';
import { stackNames } from '../lib/stack-names.ts';
import { committed } from './committed.ts';

const project = readProject();

for (const stack of stackNames) {
  test(`${stack}: every parameter without a default has its value in project.yaml, and the template takes it`, () => {
    const { Parameters } = committed[stack];
    for (const environment of project.environments) {
      const values = stackParameters[stack](project, environment);
      for (const [name, { Default }] of Object.entries(Parameters))
        assert.ok(name in values || Default !== undefined, name);
      for (const [name, value] of Object.entries(values)) {
        assert.ok(Parameters[name], name);
        const { AllowedPattern, AllowedValues, Type } = Parameters[name];
        assert.ok(
          Type === 'Number'
            ? Number.isInteger(Number(value))
            : (AllowedValues?.includes(value) ?? new RegExp(`^(?:${AllowedPattern})$`).test(value)),
          `${name}=${value}`,
        );
      }
    }
  });
}

test('tags are the agreed ones', () => {
  assert.deepEqual(Object.keys(stackTags(project, project.environments[0]!)).sort(), [
    'data-lake:entity',
    'data-lake:environment',
    'data-lake:owner',
    'data-lake:project',
  ]);
});

test('an unknown environment is named, with those there are', () => {
  assert.throws(() => findEnvironment(project, 'nowhere'), /no environment "nowhere"; it has: /);
});

test('an unknown stack is named, with those there are', () => {
  assert.throws(() => findStack('nothing'), /no stack "nothing"; there are: foundations, /);
});
