import { CommandName, commandNames, optionTypes, summaries } from './options';

/** Writes the help text: of one command, or of all. */
export function toUsage(command?: CommandName): string {
  return command ? toCommandUsage(command) : toFullUsage();
}

const toCommandUsage = (command: CommandName) =>
  [
    `Usage: data-lake ${command} <environment> [options]`,
    '',
    `${command} ${summaries[command]}.`,
    '',
    ...options.filter(({ of }) => of.includes(command)).map(toLine),
    ...ending,
  ].join('\n');

const toFullUsage = () =>
  [
    'Usage: data-lake <command> <environment> [options]',
    '       data-lake [<command>] --help',
    '       data-lake --version',
    '',
    ...commandNames.map(name => `  ${name.padEnd(9)} ${summaries[name]}`),
    '',
    ...toGroups().flatMap(({ of, members }) => [
      of === commandNames.join(', ') ? 'of all commands:' : `${of}:`,
      ...members.map(toLine),
    ]),
    ...ending,
  ].join('\n');

interface Option {
  flag: string;
  of: readonly string[];
  help: string;
}

const options = Object.entries(optionTypes).map(
  ([name, { of, value, help }]): Option => ({
    flag: `--${name} ${value}`.trim(),
    of,
    help,
  }),
);

/** Groups neighbours that the same commands take. */
function toGroups(): { of: string; members: Option[] }[] {
  const groups = new Map<string, Option[]>();
  for (const option of options) {
    const of = option.of.join(', ');
    groups.set(of, [...(groups.get(of) ?? []), option]);
  }
  return [...groups].map(([of, members]) => ({ of, members }));
}

const toLine = ({ flag, help }: Option) => `  ${flag.padEnd(33)} ${help}`;

const ending = [
  '',
  "Credentials come from the AWS SDK's default chain: in CI an OIDC token and AWS_ROLE_ARN, by hand a profile.",
  'Exit codes: 0 done, 1 failed, 2 wrong input, 3 refused, 4 verified but unknown, 5 failed after a change had started, 130 cancelled.',
  '',
];
