import * as fc from 'fast-check';
import { createHash } from 'node:crypto';
import { redact } from './redact';
import { redactAll } from './redactAll';
import { redactError } from './redactError';

const base64 = [
  ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
];
const string = (characters: string[], minLength: number, maxLength: number) =>
  fc
    .array(fc.constantFrom(...characters), { minLength, maxLength })
    .map(all => all.join(''));
const password = string([...base64, ...'_!#$%^*+-.~'], 8, 24).filter(
  text =>
    /^[A-Za-z0-9]/.test(text) && /[A-Za-z0-9]$/.test(text) && /\d/.test(text),
);
const alnum = (length: number) => string(base64, length, length);
/** Base64 of a digest: fast-check's own texts are mostly simple ones, which no service would draw. */
const drawn = fc
  .integer({ min: 0 })
  .map(seed => createHash('sha512').update(`${seed}`).digest('base64'));
const capitals = string([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'], 16, 16);

/** Secrets that are known by their format, wherever they stand. */
const formats: Record<
  string,
  fc.Arbitrary<{ text: string; secret: string }>
> = {
  'an access key id': fc
    .tuple(fc.constantFrom('AKIA', 'ASIA'), capitals)
    .map(([prefix, rest]) => toSame(`${prefix}${rest}`)),
  'a secret access key': drawn.map(text => toSame(text.slice(0, 40))),
  'a session token': drawn.map(text =>
    toSame(`IQoJb3JpZ2luX2Vj${text.repeat(5)}==`),
  ),
  'a JWT': fc
    .tuple(alnum(20), alnum(40), alnum(43))
    .map(parts => toSame(`eyJ${parts.join('.')}`)),
  'a private key': fc
    .tuple(fc.constantFrom('', 'RSA ', 'EC ', 'ENCRYPTED '), alnum(200))
    .map(([kind, secret]) => ({
      secret,
      text: `-----BEGIN ${kind}PRIVATE KEY-----\n${secret}\n-----END ${kind}PRIVATE KEY-----`,
    })),
  'a token of GitHub': alnum(36).map(rest => toSame(`ghp_${rest}`)),
  'a URL with a password': password.map(secret => ({
    secret,
    text: `postgresql+psycopg2://airflow:${secret}@db.example.com:5432/meta?sslmode=require`,
  })),
  'a connection string': password.map(secret => ({
    secret,
    text: `Server=tcp:db.example.com,1433;User ID=lake;Password=${secret};Encrypt=True`,
  })),
  'a user with a password at a host': password.map(secret => ({
    secret,
    text: `airflow:${secret}@db.example.com:5432`,
  })),
  'a bearer header': alnum(32)
    .filter(token => /\d/.test(token))
    .map(secret => ({ secret, text: `Authorization: Bearer ${secret}` })),
  'a signed URL': fc.tuple(alnum(64), alnum(120)).map(([a, b]) => ({
    secret: a,
    text: `https://lake.s3.amazonaws.com/raw/a.csv?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Security-Token=${b}&X-Amz-Signature=${a}&x-id=GetObject`,
  })),
};

function toSame(text: string) {
  return { text, secret: text };
}

const secretNames = [
  'password',
  'DB_PASSWORD',
  'dbPassword',
  'passwd',
  'pwd',
  'passphrase',
  'secret',
  'clientSecret',
  'aws_secret_access_key',
  'SecretAccessKey',
  'SessionToken',
  'X-Amz-Security-Token',
  'token',
  'access_token',
  'apiKey',
  'API_KEY',
  'api-key',
  'privateKey',
  'AccountKey',
  'SharedAccessKey',
  'fernet_key',
  'credential',
  'credentials',
  'authorization',
  'connectionString',
  'connection_string',
  'sql_alchemy_conn',
  'AIRFLOW_CONN_LAKE',
  'Set-Cookie',
];

/** Ways of writing a name and its value. */
const pairs: Record<string, (name: string, secret: string) => string> = {
  JSON: (name, secret) => JSON.stringify({ a: 1, [name]: secret, b: 'c' }),
  'indented JSON': (name, secret) =>
    JSON.stringify({ [name]: secret }, null, 2),
  'JSON in JSON': (name, secret) =>
    JSON.stringify({ Cause: JSON.stringify({ [name]: secret }) }),
  'JSON in JSON in JSON': (name, secret) =>
    JSON.stringify({
      a: JSON.stringify({ b: JSON.stringify({ [name]: secret, d: 1 }) }),
    }),
  'an option in JSON': (name, secret) =>
    JSON.stringify({ Arguments: { '--run_id': 'a', [`--${name}`]: secret } }),
  'a list in JSON': (name, secret) => JSON.stringify({ [name]: [secret, 'x'] }),
  'a map in JSON': (name, secret) =>
    JSON.stringify({ [name]: { user: 'a', is: secret } }),
  'arguments in JSON': (name, secret) =>
    JSON.stringify(['spark-submit', `--${name}`, secret, '--x', 'y']),
  'an option': (name, secret) => `spark-submit --${name} ${secret} --x y`,
  'an option with =': (name, secret) => `run --${name}=${secret} --x`,
  'a quoted option': (name, secret) => `run --${name} '${secret}' --x`,
  'k=v': (name, secret) => `failed with ${name}=${secret} at once`,
  'k = "v"': (name, secret) => `export ${name} = "${secret}"`,
  'k: v': (name, secret) => `a: b\n${name}: ${secret}\nc: d`,
  'a query': (name, secret) =>
    `https://h.example.com/x?a=b&${name}=${secret}&c=d`,
  'an encoded query': (name, secret) =>
    `https://h.example.com/x?next=${encodeURIComponent(`${name}=${secret}`)}`,
  'a repr of Python': (name, secret) => `{'a': 1, '${name}': b'${secret}'}`,
  'keywords of Python': (name, secret) => `connect(a=1, ${name}='${secret}')`,
  XML: (name, secret) => `<a><${name}>${secret}</${name}></a>`,
  'a list of tags': (name, secret) =>
    JSON.stringify([
      { Key: name, Value: secret },
      { Key: 'a', Value: 'b' },
    ]),
  'a list of parameters': (name, secret) =>
    JSON.stringify([{ ParameterKey: name, ParameterValue: secret }]),
  'text that was cut': (name, secret) => `{"a": {"${name}": "${secret}`,
};

/** Texts around it. */
const carriers: Record<string, (text: string) => string> = {
  alone: text => text,
  'a sentence': text => `The job failed (${text}). Try again`,
  'a line of several': text => `Traceback:\n  ${text}\nRuntimeError: x`,
  'a text in JSON': text => JSON.stringify({ errorMessage: text, n: 1 }),
  'a text in JSON in JSON': text =>
    JSON.stringify({ Cause: JSON.stringify({ stderr: `a ${text} b` }) }),
  'an error of AWS': text =>
    `User: arn:aws:sts::111122223333:assumed-role/x/y is not authorized to perform: glue:GetJob (${text})`,
};

describe('redact', () => {
  /** The text if it still tells the secret. */
  const findLeak = (text: string, secret: string) =>
    redact(text).includes(secret) ? text : undefined;

  describe.each(Object.keys(carriers))('in %s', carrier => {
    it.each(Object.keys(formats))('masks %s', format => {
      fc.assert(
        fc.property(formats[format], ({ text, secret }) =>
          expect(findLeak(carriers[carrier](text), secret)).toBeUndefined(),
        ),
        // always the same: a few random keys look like words
        { numRuns: 50, seed: 1 },
      );
    });

    it.each(Object.keys(pairs))('masks the value of every name as %s', pair => {
      fc.assert(
        fc.property(
          password.filter(text => !text.includes('%')),
          fc.constantFrom(...secretNames),
          (secret, name) =>
            expect(
              findLeak(carriers[carrier](pairs[pair](name, secret)), secret),
            ).toBeUndefined(),
        ),
        { numRuns: 100 },
      );
    });
  });

  it('masks a value with characters that end others', () => {
    for (const secret of [
      'a,b;c',
      'p@ss w0rd',
      "it's",
      'a"b\\c',
      '{x}]',
      'ü€',
    ]) {
      const text = JSON.stringify({ password: secret, b: 'kept' });
      expect(redact(text)).toBe('{"password":"****","b":"kept"}');
      expect(redact(JSON.stringify({ text }))).toBe(
        JSON.stringify({ text: '{"password":"****","b":"kept"}' }),
      );
    }
  });

  it('masks given values, longest first, and leaves very short ones', () => {
    expect(
      redact('hunter2-long, hunter2, on', ['hunter2', 'hunter2-long', 'on']),
    ).toBe('****, ****, on');
    const link = `https://x.example.com/${encodeURIComponent('pa ss/word')}`;
    expect(redact(link, ['pa ss/word'])).toBe('https://x.example.com/****');
  });

  const digest =
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
  it.each([
    'arn:aws:states:eu-central-1:111122223333:execution:movielens-demo-transform:20261122T124500-7f3a',
    'arn:aws:secretsmanager:eu-central-1:111122223333:secret:movielens/db-AbCdEf',
    'arn:aws:cloudformation:eu-central-1:111122223333:stack/movielens-demo-foundations/5f1b2c30-c3d4-11ef-8a6b-0a1b2c3d4e5f',
    'arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab',
    '20261122T124500-7f3a',
    'manual__2026-11-22T10:57:10.702698+00:00',
    'manual--2026-11-22T10-57-10-702698-00-00',
    'scheduled__2026-11-22T00:00:00+00:00_AbCd1234EfGh5678IjKl',
    `releases/${digest}/jobs/lake.zip`,
    `sha256:${digest}`,
    '061f4f9a1b2c3d4e5f60718293a4b5c6d7e8f901',
    `public.ecr.aws/spark/spark:3.5@sha256:${digest}`,
    's3://movielens-demo-data-111122223333-eu-central-1/raw/movielens/ratings.csv',
    's3://lake/logs/emr/j-2AXXXXXXGAPLF/steps/s-1ABCDEFGHIJKL/stderr.gz',
    `jr_${digest}`,
    'https://eu-central-1.console.aws.amazon.com/states/home?region=eu-central-1#/v2/executions/details/arn%3Aaws%3Astates%3Aeu-central-1%3A111122223333%3Aexecution%3Amovielens-demo%3A20261122T124500-7f3a',
    'https://web.example.com/dags/movielens-demo/runs/manual__2026-11-22T10%3A57%3A10%2B00%3A00/tasks/ingest',
    'AWS::SecretsManager::Secret',
    '{{resolve:secretsmanager:lake/db:SecretString:password}}',
    'User: arn:aws:iam::1:user/x is not authorized to perform: secretsmanager:GetSecretValue on resource: y',
    'ExpiredTokenException: The security token included in the request is expired',
    'ExpiredToken: The provided token has expired.',
    'InvalidClientTokenId: The security token included in the request is invalid',
    'NoSuchKey: The specified key does not exist. Key: raw/movielens/ratings.csv',
    'KeyError: run_key',
    'runKey: manual--2026-11-22T10-57-10-702698-00-00-1a2b3c4d5e6f',
    '{"Key":"data-lake:run-id","Value":"20261122T124500-7f3a"}',
    '{"runId":"20261122T124500-7f3a","runKey":"20261122T124500-7f3a","datasets":["movielens"],"tables":["movies"]}',
    'Basic authentication is not supported. Bearer authentication is.',
    'Data quality: 3 of 4 rules passed; ColumnValues "rating" between 0.5 and 5.0',
    'Traceback (most recent call last): File "/tmp/ingest.py", line 12, in <module>',
    'Stack movielens-demo-foundations is in UPDATE_ROLLBACK_FAILED state and can not be updated.',
    'Alert mails go to ops@example.com',
    'git@github.com:example/lake.git',
    '100 % of 40 files',
    'DatabaseName: movielens_demo, GlueJobName: movielens-demo-transform',
    '{"maskedAlready":"****","password":"****","tokenType":"JWT","secretName":"lake/db"}',
  ])('leaves ordinary text: %s', text => {
    expect(redact(text)).toBe(text);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              '"',
              '\\',
              ':',
              '=',
              ' ',
              '{',
              '}',
              '--',
              '@',
              '://',
            ),
            fc.constantFrom('password', 'token', 'Key', 'Value', 'a', '****'),
          ),
        ),
        parts => {
          const once = redact(parts.join(''));
          expect(redact(once)).toBe(once);
        },
      ),
    );
  });

  it.each([
    'password:{',
    'a:{',
    'akey:{',
    'token="',
    '"token":"\\',
    'eyJ-',
    'eyJa.',
    '://',
    '://a:',
    'a:@',
    'a-a.a_',
    '-----BEGIN A-----',
    'Bearer ',
    '{{resolve:',
    'token:{{resolve:',
    'token=arn:aws:',
    '%41',
    '\\',
    '"',
    ' ',
    ',',
    '&a=',
    'AKIA',
    'a/A0',
    '%2541',
    '&quot;',
    '\\u0022',
    '\u200b',
    '\n  ',
    'password: |\n  a\n',
    'password: is my ',
    'password is ',
    'a.secret ',
    '("password", ',
    '{"value":"a",',
    '"value":"a","name":"password",',
    'token key: ',
    'mysql ',
    'mysql -p',
    'curl -u ',
    'curl -u a:',
    'connect a/',
    'thin:a/',
    'create user a with ',
    'echo a ',
    'Cookie: a=',
    '?key=a',
    'token token ',
    '<token a',
    'PASSWORD |',
    'glpat-',
    'abcdefghijklmn.atlasv1.',
    '1234567890:',
  ])('takes time linear in the length of %j again and again', piece => {
    // a quadratic pattern would take minutes, and the test would run out of time
    const text = piece.repeat(250_000 / piece.length);
    expect(() => redact(text)).not.toThrow();
  });
});

describe('redactAll', () => {
  it('redacts texts at any depth and cuts long ones', () => {
    const observed = {
      id: 'j-1',
      count: 3,
      none: undefined,
      steps: [{ error: 'password=hunter2', facts: [{ text: 'token: abc1' }] }],
      long: 'x '.repeat(5_000),
    };
    const redacted = redactAll(observed);
    expect(redacted).toMatchObject({
      id: 'j-1',
      count: 3,
      steps: [{ error: 'password=****', facts: [{ text: 'token: ****' }] }],
    });
    expect(redacted.long).toHaveLength(4_001);
  });
});

describe('redactError', () => {
  it('redacts the message and the stack, of causes too, even in a circle', () => {
    const cause = new Error('password=hunter2') as Error & { cause?: unknown };
    const error = new Error('token=hunter3', { cause });
    cause.cause = error;
    redactError(error);
    const all = [error, cause].flatMap(each => [each.message, each.stack]);
    expect(all.join()).not.toMatch(/hunter/);
  });
});
