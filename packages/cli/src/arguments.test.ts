import { commandNames, parseArguments, usage } from './arguments';

describe('parseArguments', () => {
  it('reads each option of each command, as the usage names it', () => {
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
    let of: string[] = [];
    let options = 0;
    for (const line of usage.split('\n')) {
      const names = /^([a-z, ]+):$/.exec(line)?.[1];
      if (names) {
        of = /all commands/.test(names) ? [...commandNames] : names.split(', ');
      }
      const [, option, value] = /^ {2}(--[a-z-]+)( <[^>]+>)?/.exec(line) ?? [];
      if (!option || option === '--previewed' || option === '--format')
        continue;
      options += 1;
      const given = value || /releases/.test(line) ? [option, '1'] : [option];
      for (const command of commandNames) {
        const read = () => parseArguments([command, 'demo', ...given]);
        if (of.includes(command)) expect(read).not.toThrow();
        else expect(read).toThrow(`${command} has no option ${option}`);
      }
    }
    expect(options).toBe(15);
  });

  it.each([
    [['deploi', 'demo'], "no command 'deploi'"],
    [['deploy'], 'Name one environment'],
    [['deploy', 'demo', 'prod'], 'Name one environment'],
    [['deploy', 'demo', '--nope'], "Unknown option '--nope'"],
    [['deploy', 'demo', '--format', 'xml'], "no format 'xml'"],
    [['deploy', 'demo', '--timeout', '0'], '1 to 180'],
    [['deploy', 'demo', '--max-deleted', '-1'], /max-deleted/],
    [['deploy', 'demo', '--previewed', 'x'], 'is not <stack>=<digest'],
    [['verify', 'demo', '--confirm', 'x'], 'verify has no option --confirm'],
  ])('refuses %j', (argv, message) => {
    expect(() => parseArguments(argv)).toThrow(message);
  });
});
