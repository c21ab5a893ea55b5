import { parseArgs } from 'node:util';
import { UsageError } from './usageError';

export const commandNames = [
  'preview',
  'deploy',
  'verify',
  'rollback',
  'remove',
] as const;

export type CommandName = (typeof commandNames)[number];

export const formats = ['text', 'markdown', 'json'] as const;

export type Format = (typeof formats)[number];

/** What the command line says. */
export interface Options {
  command: CommandName;
  /** Name of an environment of project.yaml. */
  environment: string;
  /** Path of project.yaml. */
  project: string;
  format: Format;
  allowReplacement: boolean;
  allowBroaderPermissions: boolean;
  /** Beside those of a data lake. */
  allowedResourceTypes: string[];
  allowedMacros: string[];
  permissionsBoundary?: string;
  /** Digests of previewed changes by stack. */
  previewed: Record<string, string>;
  roleArn?: string;
  timeoutMinutes?: number;
  release?: string;
  confirm?: string;
  removeData: boolean;
  emptyBuckets: boolean;
  continueRollback: boolean;
  resourcesToSkip: string[];
  templateBucket?: string;
  maxDeleted?: number;
}

export const usage = `Usage: data-lake <command> <environment> [options]

  preview   tells what a deployment would do; leaves nothing behind
  deploy    stacks, release of scripts, switch to it, DAGs
  verify    looks whether what is deployed is what this commit says
  rollback  switches to a former release of the scripts
  remove    tells what would go and what would stay; with --confirm, removes it

of all commands:
  --project <path>                 default project.yaml
  --format text|markdown|json      of the report on stdout; default text
preview, deploy, verify, rollback:
  --allow-resource-type <type>     beside those of a data lake, such as AWS::DynamoDB::*; may be repeated
  --allow-macro <name>             such as AWS::LanguageExtensions; may be repeated
  --permissions-boundary <arn>     that every IAM role and user gets
preview, deploy, rollback, remove:
  --role-arn <arn>                 CloudFormation service role
  --template-bucket <name>         that templates over 51,200 bytes go by
  --timeout <minutes>              for each stack; default 60
deploy, rollback:
  --allow-broader-permissions      IAM and network permissions may get broader
deploy:
  --allow-replacement              what holds data may be replaced or removed
  --continue-rollback              first that of a stack that is UPDATE_ROLLBACK_FAILED
  --resources-to-skip <logical id>  what cannot be rolled back, such as what is deleted; may be repeated
  --max-deleted <number>           so many files of the DAG may be deleted
  --previewed <stack>=<digest>     only exactly what was previewed; may be repeated
rollback:
  --release releases/<digest>/     default the one before the present
remove:
  --confirm <project>-<environment>  its name
  --remove-data                    data too; needs removable: true in project.yaml
  --empty-buckets                  delete all objects of its own buckets that go

Credentials are those of the AWS SDK's standard chain.
Ends with 0 done, 1 failed, 2 wrong input, 3 refused, 4 verified but unknown, 130 cancelled.
`;

const list = { type: 'string', multiple: true } as const;

/** The commands that read a template. */
const reading = ['preview', 'deploy', 'verify', 'rollback'] as const;

/** The commands that CloudFormation changes something for, or tells what it would. */
const changing = ['preview', 'deploy', 'rollback', 'remove'] as const;

/** Of each option, what it takes and which commands know it. */
const known = {
  project: { type: 'string', of: commandNames },
  format: { type: 'string', of: commandNames },
  'allow-resource-type': { ...list, of: reading },
  'allow-macro': { ...list, of: reading },
  'permissions-boundary': {
    type: 'string',
    of: reading,
  },
  'role-arn': { type: 'string', of: changing },
  'template-bucket': { type: 'string', of: changing },
  timeout: { type: 'string', of: changing },
  'allow-broader-permissions': { type: 'boolean', of: ['deploy', 'rollback'] },
  'allow-replacement': { type: 'boolean', of: ['deploy'] },
  'continue-rollback': { type: 'boolean', of: ['deploy'] },
  'resources-to-skip': { ...list, of: ['deploy'] },
  'max-deleted': { type: 'string', of: ['deploy'] },
  previewed: { ...list, of: ['deploy'] },
  release: { type: 'string', of: ['rollback'] },
  confirm: { type: 'string', of: ['remove'] },
  'remove-data': { type: 'boolean', of: ['remove'] },
  'empty-buckets': { type: 'boolean', of: ['remove'] },
} as const;

/** @throws UsageError */
export function parseArguments(argv: string[]): Options {
  const { values, positionals } = parse(argv);
  const [command, environment, ...more] = positionals;
  if (!isOneOf(commandNames, command)) {
    throw new UsageError(`There is no command '${command ?? ''}'`);
  }
  if (!environment || more.length > 0) {
    throw new UsageError('Name one environment of project.yaml');
  }
  assertKnown(command, Object.keys(values));
  const { project = 'project.yaml', format = 'text' } = values;
  if (!isOneOf(formats, format)) {
    throw new UsageError(`There is no format '${format}'`);
  }
  return {
    command,
    environment,
    project,
    format,
    allowReplacement: values['allow-replacement'] ?? false,
    allowBroaderPermissions: values['allow-broader-permissions'] ?? false,
    allowedResourceTypes: values['allow-resource-type'] ?? [],
    allowedMacros: values['allow-macro'] ?? [],
    permissionsBoundary: values['permissions-boundary'],
    previewed: toPreviewed(values.previewed ?? []),
    roleArn: values['role-arn'],
    timeoutMinutes: toMinutes(values.timeout),
    release: values.release,
    confirm: values.confirm,
    removeData: values['remove-data'] ?? false,
    emptyBuckets: values['empty-buckets'] ?? false,
    continueRollback: values['continue-rollback'] ?? false,
    resourcesToSkip: values['resources-to-skip'] ?? [],
    templateBucket: values['template-bucket'],
    maxDeleted: toNumber(values['max-deleted']),
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({ args: argv, allowPositionals: true, options: known });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An option that is passed over in silence would be taken for done. */
function assertKnown(command: CommandName, names: readonly string[]): void {
  const other = names.find(
    name =>
      !isOneOf<CommandName>(known[name as keyof typeof known].of, command),
  );
  if (other) throw new UsageError(`${command} has no option --${other}`);
}

function isOneOf<T extends string>(
  all: readonly T[],
  value: string | undefined,
): value is T {
  return all.includes(value as T);
}

function toPreviewed(pairs: string[]): Record<string, string> {
  return Object.fromEntries(
    pairs.map(pair => {
      const match = /^([a-z]+)=([0-9a-f]{64})$/.exec(pair);
      if (!match) {
        throw new UsageError(
          `--previewed ${pair} is not <stack>=<digest of its preview>`,
        );
      }
      return [match[1], match[2]];
    }),
  );
}

function toMinutes(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const minutes = Number(text);
  if (Number.isInteger(minutes) && minutes >= 1 && minutes <= 180) {
    return minutes;
  }
  throw new UsageError('--timeout is in minutes, 1 to 180');
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError('--max-deleted is a number of files');
}

/** What the engine calls its options, as they are written here: `emptyBuckets: true` is `--empty-buckets`. */
export const toFlags = (message: string) =>
  message.replace(
    /\b([a-z]+(?:[A-Z][a-z]+)+)\b(?:: (?:true|(\d+)))?/g,
    (whole, name: string, number?: string) => {
      const flag = name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
      if (!Object.hasOwn(known, flag)) return whole;
      return `--${flag}${number ? ` ${number}` : ''}`;
    },
  );
