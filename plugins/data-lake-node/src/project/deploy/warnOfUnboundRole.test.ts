import { warnOfUnboundRole } from './warnOfUnboundRole';

const boundary = 'arn:aws:iam::123456789012:policy/data-lake/all-boundary';

async function warn(options: {
  role?: object;
  error?: Error;
  permissionsBoundary?: string;
  stack?: string;
}): Promise<string[]> {
  const { role, error, permissionsBoundary = boundary } = options;
  const lines: string[] = [];
  const send = async () => {
    if (error) throw error;
    return { Role: role };
  };
  await warnOfUnboundRole({
    clients: { iam: { send } } as any,
    files: {
      deployment: { parameters: { MwaaExecutionRoleName: 'airflow' } },
      stacks: [
        {
          name: options.stack ?? 'foundations',
          template: { rules: { permissionsBoundary } },
        },
      ],
    } as any,
    log: line => lines.push(line),
  });
  return lines;
}

it('warns of an execution role without a permissions boundary', async () => {
  expect(await warn({ role: {} })).toEqual([
    expect.stringMatching(
      /^Warning: the execution role airflow .* has no permissions boundary. policies\/README.md/,
    ),
  ]);
});

it('says nothing of a role with one, of an own role, or where none is required', async () => {
  const PermissionsBoundary = { PermissionsBoundaryArn: boundary };
  expect(await warn({ role: { PermissionsBoundary } })).toEqual([]);
  expect(await warn({ role: {}, stack: 'mwaa' })).toEqual([]);
  expect(await warn({ role: {}, permissionsBoundary: '' })).toEqual([]);
});

it('takes no role that it may not read for a role with one', async () => {
  const error = Object.assign(new Error('no'), { name: 'AccessDenied' });
  expect(await warn({ error })).toEqual([
    expect.stringMatching(/^Warning: whether .* is unknown: .*iam:GetRole/s),
  ]);
});
