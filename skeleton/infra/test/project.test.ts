import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseProject } from '../lib/parse-project.ts';
import { findEnvironment, findStack, readProject, stackParameters, stackTags } from '../lib/project.ts';
import { stackNames } from '../lib/stack-names.ts';
import { committed } from './committed.ts';

const project = readProject();

for (const stack of stackNames) {
  test(`${stack}: every parameter without a default has a valid value in project.yaml`, () => {
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

test('the tags are those of the contract', () => {
  assert.deepEqual(Object.keys(stackTags(project, project.environments[0]!)).sort(), [
    'data-lake:entity',
    'data-lake:environment',
    'data-lake:owner',
    'data-lake:project',
  ]);
});

test('the error for an unknown environment lists the known ones', () => {
  assert.throws(() => findEnvironment(project, 'nowhere'), /no environment "nowhere"; it has: /);
});

test('the error for an unknown stack lists the known ones', () => {
  assert.throws(() => findStack('nothing'), /no stack "nothing"; there are: foundations, /);
});

const text = readFileSync(new URL('../../project.yaml', import.meta.url), 'utf8');
for (const [wrong, problem] of [
  ['schedule: "0 25 * * *"', /schedule: must be a cron expression/],
  ['schedule: every day', /schedule: must be a cron expression/],
  ['shedule: null', /unknown key shedule, did you mean schedule\?/],
] as const)
  test(`${wrong} in project.yaml is an error`, () => {
    assert.throws(() => parseProject(text.replace(/^schedule: .*$/m, wrong)), problem);
  });

/** Values that project.yaml may have, at the edges of its rules, by the parameter that gets them. */
const samples: Record<string, readonly string[]> = {
  Project: ['abc', 'a-1', 'abcdefghij-klmnopqrs', 'yes', 'null'],
  Environment: ['no', 'on', 'prod0001'],
  Owner: ['group:default/data-engineering', 'user:default/a.b_c-d', 'team'],
  Entity: ['component:default/abc'],
  MwaaEnvironmentName: ['Airflow_1-a', 'a'.repeat(80)],
  MwaaBucketName: ['lake.airflow-1', '123', 'a'.repeat(63)],
  MwaaExecutionRoleName: ['service-role_1+=,.@-', 'a'.repeat(64)],
  DataBucketName: ['', 'company.lake-data', '123'],
  CodeBucketName: ['', 'company.lake-code'],
  AlertEmail: ['', 'a@example.com', 'first.last+tag@mail.example.co.uk', 'x@xn--bcher-kva.example'],
};

for (const [name, values] of Object.entries(samples))
  test(`parameter ${name} takes what project.yaml may say`, () => {
    const parameters = Object.values(committed)
      .map(({ Parameters }) => Parameters[name])
      .filter((parameter) => parameter !== undefined);
    assert.ok(parameters.length > 0);
    for (const { AllowedPattern } of parameters)
      for (const value of values) assert.match(value, new RegExp(`^(?:${AllowedPattern})$`));
  });
