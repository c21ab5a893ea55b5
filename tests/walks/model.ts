import { Listing, owners } from './lake';

export const environments = ['demo', 'prod'] as const;
export type EnvironmentName = (typeof environments)[number];

/** What is expected of an environment. */
export interface Expected {
  /** `kept`: torn down, with its data. */
  is: 'none' | 'live' | 'kept';
  /** Owner in the tags of what there is. */
  owner?: string;
  hasRun: boolean;
  /** Keys that wait for their deletion. */
  lost: number;
  /** Versions of the releases that ran, oldest first; the stack's history. */
  releases: number[];
}

/** What is expected of an account. */
export interface Model {
  /** Owner in `project.yaml` and the catalog. */
  owner: string;
  /** Of the scripts on the main branch. */
  version: number;
  environments: Record<EnvironmentName, Expected>;
}

export const newModel = (): Model => ({
  owner: owners[0],
  version: 1,
  environments: {
    demo: { is: 'none', hasRun: false, lost: 0, releases: [] },
    prod: { is: 'none', hasRun: false, lost: 0, releases: [] },
  },
});

/** Whether the tags of an environment name another owner than the catalog. */
export const isOthers = (model: Model, name: EnvironmentName): boolean => {
  const { is, owner } = model.environments[name];
  return is !== 'none' && owner !== model.owner;
};

/** The names of an environment's own, of all that an account has. */
export function listOf(
  all: Listing,
  project: string,
  environment: string,
): Listing {
  const prefix = `${project}-${environment}`;
  const parts = [
    prefix,
    `${project}/${environment}`,
    `${project}_${environment}`,
    `${project}, environment ${environment}`,
  ];
  const own = Object.entries(all).map(([kind, names]) => [
    kind,
    names.filter(name => parts.some(part => name.includes(part))),
  ]);
  return Object.fromEntries(own.filter(([, names]) => names.length > 0));
}
