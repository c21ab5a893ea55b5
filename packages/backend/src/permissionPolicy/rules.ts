/**
 * Who may do what a permission is for.
 *
 * - `everyone`: every user who is signed in
 * - `platform`: the platform team
 * - `register`: the platform team, or everyone if the configuration says so
 * - `owner`: members of the entity's owner
 * - `caretaker`: members of the entity's owner, and the platform team
 * - `creator`: who created the task, and the platform team
 */
export type Rule =
  | 'everyone'
  | 'platform'
  | 'register'
  | 'owner'
  | 'caretaker'
  | 'creator';

/** The rule of each permission of the installed plugins; one that is not here is denied. */
export const rules: Readonly<Record<string, Rule>> = {
  'catalog.entity.read': 'everyone',
  'catalog.entity.create': 'register',
  'catalog.entity.delete': 'caretaker',
  'catalog.entity.refresh': 'caretaker',
  // reads files of any repository with Backstage's own credentials: $text, at a location that the caller names
  'catalog.entity.validate': 'register',
  'catalog.ingestion.read': 'platform',
  'catalog.ingestion.manage': 'platform',
  'catalog.location.read': 'everyone',
  // reads any repository with Backstage's own credentials
  'catalog.location.analyze': 'register',
  'catalog.location.create': 'register',
  'catalog.location.delete': 'platform',

  'scaffolder.template.parameter.read': 'everyone',
  'scaffolder.template.step.read': 'everyone',
  'scaffolder.action.execute': 'everyone',
  'scaffolder.task.create': 'everyone',
  'scaffolder.task.read': 'creator',
  'scaffolder.task.cancel': 'creator',
  // runs a template that nobody has registered
  'scaffolder.template.dry-run': 'platform',
  'scaffolder.template.management': 'platform',

  'data-lake.pipeline.read': 'everyone',
  'data-lake.pipeline.run': 'owner',
  'data-lake.environment.deploy': 'owner',
  'data-lake.environment.delete': 'owner',
};
