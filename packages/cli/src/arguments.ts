import { parseArgs } from 'node:util';
import { CommandName, commandNames, optionTypes } from './options';
import { UsageError } from './usageError';

export const formats = ['text', 'markdown', 'json'] as const;

export type Format = (typeof formats)[number];

/** Options of the command line. */
export interface Options {
  command: CommandName;
  /** Name of an environment of project.yaml. */
  environment: string;
  /** Path of project.yaml. */
  project: string;
  format: Format;
  allowReplacement: boolean;
  allowBroaderPermissions: boolean;
  /** Resource types in addition to those of a data lake. */
  allowedResourceTypes: string[];
  allowedMacros: string[];
  permissionsBoundary?: string;
  /** Digests of previews by stack. */
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
  /** Buckets that several owners use. */
  sharedBuckets: string[];
  maxDeleted?: number;
  /** Of preview: what lets it end with 3. */
  failOn?: 'gates';
}

/** Whether a command line asks for JSON, also one that cannot be parsed. */
export const asksForJson = (argv: readonly string[]) =>
  argv.some(
    (each, at) =>
      each === '--format=json' ||
      (each === '--format' && argv[at + 1] === 'json'),
  );

/**
 * Parses the command line.
 *
 * @throws UsageError
 */
export function parseArguments(argv: string[]): Options {
  const { values, positionals } = parse(argv);
  const [command, environment, ...more] = positionals;
  if (!isOneOf(commandNames, command)) {
    throw new UsageError(
      `There is no command '${
        command ?? ''
      }'. It is one of: ${commandNames.join(', ')}`,
    );
  }
  if (!environment || more.length > 0) {
    throw new UsageError('Name one environment of project.yaml');
  }
  assertOptionsOf(command, Object.keys(values));
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
    sharedBuckets: values['shared-bucket'] ?? [],
    maxDeleted: toNumber(values['max-deleted']),
    failOn: toFailOn(values['fail-on']),
  };
}

function parse(argv: string[]) {
  try {
    return parseArgs({
      args: argv,
      allowPositionals: true,
      options: optionTypes,
    });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

/** An option must not be ignored silently. */
function assertOptionsOf(command: CommandName, names: readonly string[]): void {
  const other = names.find(
    name =>
      !isOneOf<CommandName>(
        optionTypes[name as keyof typeof optionTypes].of,
        command,
      ),
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
          `--previewed ${pair} is not of the form <stack>=<digest>`,
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
  throw new UsageError('--timeout must be 1 to 180 minutes');
}

function toNumber(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new UsageError('--max-deleted must be a number of files');
}

function toFailOn(text: string | undefined): 'gates' | undefined {
  if (text === undefined || text === 'gates') return text;
  throw new UsageError('--fail-on must be gates');
}
