import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readProject } from '../lib/project.ts';
import { mayRemoveData } from '../lib/removal.ts';
import { stackNames } from '../lib/stack-names.ts';
import { TEMPLATE_BODY_LIMIT, templateOf } from '../lib/template.ts';
import { committed, type Template } from './committed.ts';

const project = readProject();
const [environment] = project.environments;
const removable = { ...environment!, removable: true };
const name = `${project.name}-${environment!.name}`;

test('deleting data requires both confirmations', () => {
  assert.equal(mayRemoveData(project, removable, name), true);
  assert.throws(() => mayRemoveData(project, { ...removable, removable: false }, name), /removable: true/);
  assert.throws(
    () => mayRemoveData(project, { ...removable, removable: undefined }, name),
    /removable: true/,
  );
  for (const typed of ['', 'yes', project.name, `${name}2`])
    assert.throws(() => mayRemoveData(project, removable, typed), /type its name/);
});

for (const stack of stackNames) {
  test(`${stack}: the removable template differs only in policies and tags of resources that outlive the stack`, () => {
    const text = templateOf(stack, { removesData: true });
    assert.ok(Buffer.byteLength(text) < TEMPLATE_BODY_LIMIT, `${Buffer.byteLength(text)} bytes`);
    const { Resources, ...rest } = JSON.parse(text) as Template;
    const { Resources: usual, ...usualRest } = committed[stack];
    assert.deepEqual(rest, usualRest);
    for (const [id, resource] of Object.entries(usual)) {
      if (resource.DeletionPolicy === undefined) assert.deepEqual(Resources[id], resource, id);
      else {
        const { Tags, ...properties } = resource.Properties;
        const { Tags: tagsThen, ...propertiesThen } = Resources[id]!.Properties;
        assert.deepEqual(propertiesThen, properties, id);
        // CloudFormation ignores a changed policy without a changed property.
        assert.equal(tagsThen.length, Tags.length + 1, id);
        assert.equal(Resources[id]!.DeletionPolicy, 'Delete', id);
      }
    }
  });
}
