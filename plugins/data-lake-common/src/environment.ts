/** A stack as an annotation names it. @public */
export interface StackRef {
  account: string;
  region: string;
  name: string;
}

/** One deployed copy of a project: where it is, and its stacks. @public */
export interface DeployedEnvironment {
  name: string;
  account: string;
  region: string;
  /** One or more; all in the same account and region. */
  stacks: StackRef[];
}

/** Names one environment of one entity. @public */
export interface EnvironmentRef {
  entityRef: string;
  /** The environment's name. */
  name: string;
}

/** An environment of an entity, as it is observed. @public */
export interface ObservedEnvironment
  extends EnvironmentRef,
    DeployedEnvironment {
  /** The entity's owner; absent if it has none. */
  owner?: string;
}

/** `component:default/movielens`, `demo` → `component:default/movielens demo` @public */
export function environmentKey({ entityRef, name }: EnvironmentRef): string {
  return `${entityRef} ${name}`;
}
