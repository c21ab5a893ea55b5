/** Makes the entity of a fixture. */
export function makeEntity(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      namespace: 'default',
      annotations: {
        'data-lake/environment-demo':
          'arn:aws:cloudformation:eu-central-1:111122223333:stack/movielens-demo-foundations',
      },
    },
    spec: { type: 'data-pipeline', owner: 'team-discovery' },
  };
}

/** Makes entities that two other entities each depend on, as the catalog has it. */
export const makeDependedOn = (names: readonly string[]) =>
  names.map(name => ({
    ...makeEntity(name),
    relations: ['recommendations-api', 'weekly-taste-report'].map(
      dependent => ({
        type: 'dependencyOf',
        targetRef: `component:default/${dependent}`,
      }),
    ),
  }));
