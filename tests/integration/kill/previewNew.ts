import {
  defaultAllowedResourceTypes,
  findStack,
  parseTemplate,
  previewStack,
} from '@data-lake/cloudformation';
import assert from 'node:assert/strict';
import { Work } from './work';

/** Previews a new stack, and leaves not even the empty stack of its change set. */
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
