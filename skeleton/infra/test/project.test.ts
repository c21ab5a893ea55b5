import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findEnvironment, foundationsParameters, readProject, stackTags } from '../lib/project.ts';
import { template } from './foundations.ts';

const project = readProject();

test('every parameter but the release prefix has its value in project.yaml, and the template takes it', () => {
  for (const environment of project.environments) {
    const values = foundationsParameters(project, environment);
    assert.deepEqual(
      Object.keys(values).sort(),
      Object.keys(template.Parameters)
        .filter((name) => name !== 'ReleasePrefix')
        .sort(),
    );
    for (const [name, value] of Object.entries(values)) {
      const { AllowedPattern, AllowedValues } = template.Parameters[name]!;
      assert.ok(
        AllowedValues?.includes(value) ?? new RegExp(`^(?:${AllowedPattern})$`).test(value),
        `${name}=${value}`,
      );
    }
  }
});

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
