import { parseArguments } from './arguments';
import { commandNames } from './options';
import { toUsage } from './usage';

/** Lists the options of the help text, with a value if they take one, and their commands. */
function listOptions(): [string, string[]][] {
  let of: string[] = [];
  return toUsage()
    .split('\n')
    .flatMap((line): [string, string[]][] => {
      const names = /^([a-z, ]+):$/.exec(line)?.[1];
      if (names === 'of all commands') of = [...commandNames];
      else if (names) of = names.split(', ');
      const [, option, value] = /^ {2}(--[a-z-]+) ?(\S*)/.exec(line) ?? [];
      return option ? [[value ? `${option} 1` : option, of]] : [];
    });
}

describe('parseArguments', () => {
  it('parses options of each kind', () => {
    expect(
      parseArguments([
        ...['deploy', 'demo', '--allow-replacement', '--max-deleted', '30'],
        ...['--allow-resource-type', 'AWS::DynamoDB::*'],
        ...['--allow-resource-type', 'AWS::SQS::Queue'],
        ...['--previewed', `foundations=${'a'.repeat(64)}`],
      ]),
    ).toMatchObject({
      command: 'deploy',
      environment: 'demo',
      project: 'project.yaml',
      format: 'text',
      allowReplacement: true,
      allowBroaderPermissions: false,
      maxDeleted: 30,
      allowedResourceTypes: ['AWS::DynamoDB::*', 'AWS::SQS::Queue'],
      previewed: { foundations: 'a'.repeat(64) },
    });
  });

  it.each(listOptions())('takes %s for %j only', (option, of) => {
    const takesIt = (command: string) => {
      try {
        parseArguments([command, 'demo', ...option.split(' ')]);
        return true;
      } catch (error) {
        return !(error as Error).message.includes('has no option');
      }
    };
    expect(commandNames.filter(takesIt)).toEqual(of);
  });

  it.each([
    [['deploi', 'demo'], "no command 'deploi'"],
    [['deploy'], 'Name one environment'],
    [['deploy', 'demo', 'prod'], 'Name one environment'],
    [['deploy', 'demo', '--nope'], "Unknown option '--nope'"],
    [['deploy', 'demo', '--format', 'xml'], "no format 'xml'"],
    [['deploy', 'demo', '--timeout', '0'], '1 to 180'],
    [['deploy', 'demo', '--max-deleted', '-1'], /max-deleted/],
    [
      ['deploy', 'demo', '--previewed', 'x'],
      'is not of the form <stack>=<digest',
    ],
    [['preview', 'demo', '--fail-on', 'x'], '--fail-on must be gates'],
    [['verify', 'demo', '--confirm', 'x'], 'verify has no option --confirm'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});
