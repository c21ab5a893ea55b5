import {
  defaultAllowedResourceTypes,
  findStack,
  parseTemplate,
  previewStack,
} from '@data-lake/cloudformation';
import assert from 'node:assert/strict';
import { Work } from './work';

/** Not even the empty stack that a first change set makes is left. */
export const previewNew: Work = {
  run: ({ clients, unique }) =>
    previewStack({
      clients,
      log: () => {},
      spec: {
        stackName: unique,
        template: parseTemplate(
          '{"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}}',
          { allowedResourceTypes: defaultAllowedResourceTypes },
        ),
        parameters: {},
        tags: {},
        ownership: [],
        identity: 'killed',
      },
    }),
  async verify({ clients, unique, result }) {
    assert.equal(result.does, 'create');
    assert.equal(await findStack(clients, unique), undefined);
  },
};
