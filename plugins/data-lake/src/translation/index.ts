import { createTranslationRef } from '@backstage/frontend-plugin-api';
import type { TranslationFunction } from '@backstage/frontend-plugin-api';
import { deleteMessages } from './delete';
import { deployMessages } from './deploy';
import { fieldMessages } from './fields';
import { healthMessages } from './health';
import { runMessages } from './runs';

/** All texts of the pages, for translation. @public */
export const dataLakeTranslationRef = createTranslationRef({
  id: 'plugin.data-lake',
  messages: {
    pipeline: { title: 'Pipeline', environment: 'Environment' },
    ...healthMessages,
    ...deployMessages,
    ...deleteMessages,
    ...runMessages,
    ...fieldMessages,
  },
});

/** Returns a text in the language of the reader. */
export type Translate = TranslationFunction<typeof dataLakeTranslationRef.T>;
