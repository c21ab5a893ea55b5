export const commandNames = [
  'preview',
  'deploy',
  'verify',
  'rollback',
  'delete',
] as const;

export type CommandName = (typeof commandNames)[number];

/** What each command does. */
export const summaries = {
  preview: 'lists what a deployment would change; leaves nothing behind',
  deploy: 'deploys stacks, a release of the scripts, and DAGs',
  verify: 'checks that the environment matches this commit',
  rollback: 'switches to a former release of the scripts',
  delete:
    'lists what would be deleted and what would remain; with --confirm, deletes it',
} as const satisfies Record<CommandName, string>;

const list = { type: 'string', multiple: true } as const;
const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

/** Commands that read a template. */
const readers = ['preview', 'deploy', 'verify', 'rollback'] as const;

/** Commands that change stacks, or preview such a change. */
const changers = ['preview', 'deploy', 'rollback', 'delete'] as const;

const either = ['deploy', 'rollback'] as const;

/** Each option: its type, the commands that take it, the word for its value, and what it is for. */
export const optionTypes = {
  project: {
    ...text,
    of: commandNames,
    value: '<path>',
    help: 'path of project.yaml; default project.yaml',
  },
  format: {
    ...text,
    of: commandNames,
    value: 'text|markdown|json',
    help: 'format of the report on stdout; default text. With json, also a failure is an object on stdout',
  },
  'allow-resource-type': {
    ...list,
    of: readers,
    value: '<type>',
    help: "type allowed in addition to a data lake's, such as AWS::DynamoDB::*; repeatable",
  },
  'allow-macro': {
    ...list,
    of: readers,
    value: '<name>',
    help: 'allowed macro, such as AWS::LanguageExtensions; repeatable',
  },
  'permissions-boundary': {
    ...text,
    of: readers,
    value: '<arn>',
    help: 'permissions boundary of every IAM role and user',
  },
  'role-arn': {
    ...text,
    of: changers,
    value: '<arn>',
    help: 'CloudFormation service role',
  },
  'template-bucket': {
    ...text,
    of: changers,
    value: '<name>',
    help: 'bucket for templates over 51,200 bytes, uploaded temporarily',
  },
  'shared-bucket': {
    ...list,
    of: changers,
    value: '<name>',
    help: "bucket that several owners use, such as a shared MWAA environment's; repeatable",
  },
  timeout: {
    ...text,
    of: changers,
    value: '<minutes>',
    help: 'time limit for each stack; default 60',
  },
  'fail-on': {
    ...text,
    of: ['preview'],
    value: 'gates',
    help: 'end with 3, as the deployment would, if a gate would stop it; the report is the same',
  },
  'allow-broader-permissions': {
    ...flag,
    of: either,
    value: '',
    help: 'allow broader IAM and network permissions',
  },
  'allow-replacement': {
    ...flag,
    of: ['deploy'],
    value: '',
    help: 'allow the replacement and removal of resources that hold data',
  },
  'continue-rollback': {
    ...flag,
    of: ['deploy'],
    value: '',
    help: 'first continue the rollback of a stack in UPDATE_ROLLBACK_FAILED',
  },
  'resources-to-skip': {
    ...list,
    of: ['deploy'],
    value: '<logical id>',
    help: 'resource that cannot be rolled back, such as one deleted by hand; repeatable',
  },
  'max-deleted': {
    ...text,
    of: ['deploy'],
    value: '<number>',
    help: 'largest number of DAG files to delete',
  },
  previewed: {
    ...list,
    of: ['deploy'],
    value: '<stack>=<digest>',
    help: 'execute only the previewed change of a stack; repeatable',
  },
  release: {
    ...text,
    of: ['rollback'],
    value: 'releases/<digest>/',
    help: 'default the release before the current',
  },
  confirm: {
    ...text,
    of: ['delete'],
    value: '<project>-<environment>',
    help: 'name that confirms the deletion',
  },
  'remove-data': {
    ...flag,
    of: ['delete'],
    value: '',
    help: 'also delete the data; requires removable: true in project.yaml',
  },
  'empty-buckets': {
    ...flag,
    of: ['delete'],
    value: '',
    help: 'delete all objects in its own buckets that are deleted',
  },
} as const;
