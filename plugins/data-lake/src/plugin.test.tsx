import {
  createExtensionTester,
  mockApis,
} from '@backstage/frontend-test-utils';
import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { makeEntity } from './__fixtures__';
import plugin from './index';
import { pipelineContent } from './plugin';
import { dataLakeTranslationRef } from './translation';

describe('the plugin of the new frontend system', () => {
  it('is the default export, where app.packages looks for it', () => {
    expect(plugin.pluginId).toBe('data-lake');
  });

  it('shows its tab on entities with an environment, and on no other', () => {
    const tester = createExtensionTester(pipelineContent, {
      apis: [mockApis.translation()],
    });
    const { filterFunction, title } = EntityContentBlueprint.dataRefs;
    const shows = tester.get(filterFunction)!;
    const other = makeEntity('other');
    other.metadata.annotations = {} as any;
    expect(tester.get(title)).toBe('Pipeline');
    expect(shows(makeEntity('movielens'))).toBe(true);
    expect(shows(other)).toBe(false);
  });

  it('gives its title as a message that can be translated', () => {
    const tester = createExtensionTester(pipelineContent, {
      apis: [mockApis.translation()],
    });
    const { titleTranslation } = EntityContentBlueprint.dataRefs;
    expect(tester.get(titleTranslation)).toEqual({
      ref: dataLakeTranslationRef,
      key: 'pipeline.title',
    });
  });

  it('serves its API, tab and form fields', () => {
    const ids = [
      'api:data-lake',
      'entity-content:data-lake/pipeline',
      'scaffolder-form-field:data-lake/project-name',
      'scaffolder-form-field:data-lake/account',
      'scaffolder-form-field:data-lake/region',
      'scaffolder-form-field:data-lake/mwaa-environment',
      'scaffolder-form-field:data-lake/repository',
    ];
    for (const id of ids) {
      expect((plugin as any).getExtension(id)).toBeDefined();
    }
  });
});
