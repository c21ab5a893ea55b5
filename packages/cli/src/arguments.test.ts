import { commandNames, parseArguments, toFlags } from './arguments';
import { usage } from './usage';

/** Lists the options of the help text, with a value if they take one, and their commands. */
function listOptions(): [string, string[]][] {
  let of: string[] = [];
  return usage.split('\n').flatMap((line): [string, string[]][] => {
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
    [['verify', 'demo', '--confirm', 'x'], 'verify has no option --confirm'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});

describe('toFlags', () => {
  it.each([
    ['give emptyBuckets: true', 'give --empty-buckets'],
    ['say so with maxDeleted: 29', 'say so with --max-deleted 29'],
    ['give templateBucket, a bucket', 'give --template-bucket, a bucket'],
    ['resourcesToSkip names it', '--resources-to-skip names it'],
    ['the dataBucket myBucket: true', 'the dataBucket myBucket: true'],
  ])('%s', (message, flags) => {
    expect(toFlags(message)).toBe(flags);
  });
});
