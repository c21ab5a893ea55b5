import { redact } from './redact';

/** A password that no format tells. */
const secret = 'Tiger2024x';
const hex = '0123456789abcdef';
const long = 'Ab1cD2eF3gH4iJ5kL6mN7oP8qR9sT0uV1wX2yZ3';

/** Texts with a secret in them; where a row has its own, it stands after the text. */
const secrets: Record<string, (string | [string, string])[]> = {
  commands: [
    `curl -u admin:${secret} https://api.example.com/v1`,
    `curl --user admin:${secret} https://api.example.com/v1`,
    `curl --user=admin:${secret} https://api.example.com/v1`,
    `curl -u 'admin:${secret}' https://api.example.com/v1`,
    `curl --proxy-user admin:${secret} -x http://proxy`,
    `mysql -u root -p${secret} -h db`,
    `mysqldump -h db -u root -p${secret} lake`,
    `sshpass -p ${secret} ssh u@h`,
    `sshpass -p${secret} ssh u@h`,
    `Command failed: ['psql', '-W', '${secret}']`,
    `psql -h db -W ${secret}`,
    `docker login -u u -p ${secret} registry.example.com`,
    `mongosh --host db -u u -p ${secret}`,
    `redis-cli -h db -a ${secret} ping`,
    `sqlcmd -S db -U u -P ${secret}`,
    `ldapsearch -D cn=u -w ${secret} -b dc=x`,
    `smbclient -U u%${secret} //host/share`,
    `echo ${secret} | docker login --password-stdin`,
    `keytool -list -storepass ${secret}`,
    `openssl rsa -passin pass:${secret}`,
    `curl -u admin:"${secret}" https://api.example.com`,
    `http --auth u:${secret} GET api.example.com`,
    `mysql -u root -p'${secret}' lake`,
    `beeline -u jdbc:hive2://h -n u -p ${secret}`,
    `ENV DB_PASSWORD ${secret}`,
    `export TOKEN ${secret}`,
    `machine h login u password ${secret}`,
    `PGPASSWORD=${secret} psql -h db`,
  ],
  databases: [
    `IO Error: jdbc:oracle:thin:scott/${secret}@//db.example.com:1521/ORCL failed`,
    `jdbc:oracle:thin:scott/${secret}@db.example.com:1521:ORCL`,
    `jdbc:oracle:oci8:scott/${secret}@db`,
    `sqlplus -S scott/${secret}@db @run.sql`,
    `jdbc:postgresql://db:5432/x?user=u&password=${secret}&ssl=true`,
    `jdbc:sqlserver://db:1433;databaseName=x;user=u;password={${secret};a};encrypt=true`,
    `redis://:${secret}@host:6379/0`,
    `mongodb+srv://u:${secret}@cluster0.mongodb.net/db`,
    `u:${secret}@tcp(db.example.com:3306)/lake`,
    `Driver={ODBC Driver 18};Server=db;UID=u;PWD=${secret}`,
    `CREATE USER x WITH PASSWORD '${secret}'`,
    `create user x with encrypted password '${secret}'`,
    `create role x password '${secret}'`,
    `ALTER USER x IDENTIFIED BY '${secret}'`,
    `alter user x identified by '${secret}'`,
    `ALTER USER x IDENTIFIED BY ${secret}`,
    `CREATE USER x IDENTIFIED WITH caching_sha2_password BY '${secret}'`,
    `CREATE SECRET s (TYPE s3, KEY_ID 'a', SECRET '${secret}')`,
    `COPY t FROM 's3://x' ACCESS_KEY_ID 'a' SECRET_ACCESS_KEY '${secret}'`,
  ],
  pairs: [
    `ftp login user=u pass=${secret}`,
    `DB_PASS=${secret} DB_USER=u`,
    `DBPW=${secret}`,
    `db_pw: ${secret}`,
    `API key: ${secret}ABCDEF`,
    `secret access key: ${secret}`,
    `connection string: ${secret}`,
    `fs.azure.account.key.acct.blob.core.windows.net=${secret}`,
    `spark.hadoop.fs.s3a.secret.key ${secret}`,
    `password == "${secret}"`,
    `| password | ${secret} |`,
    `password\t${secret}`,
    `<password type="x">${secret}</password>`,
    `<Secret><![CDATA[${secret}]]></Secret>`,
    `('password', '${secret}')`,
    `[["authorization", "${secret}"]]`,
    `builder.config("fs.s3a.secret.key", "${secret}")`,
    `os.environ["DB_PASSWORD"] = "${secret}"`,
    `    PASSWORD: str = "${secret}"`,
    `const password: string = '${secret}';`,
    `password:\n  ${secret}`,
    `password: |\n  ${secret}`,
    `password: >-\n  first\n  ${secret}\nkept: a`,
    `Login failed. password: my ${secret}`,
    `The password is ${secret}`,
    `The password was set to "${secret}".`,
    `Invalid password '${secret}' for user u`,
    `SAMLAssertion=PHNhbWxw${secret}`,
    `https://h/hook?auth=${secret}`,
    `https://h/cb?code=${secret}&state=x`,
    `https://maps/api?key=${secret}`,
    `otp=${secret} next`,
    ['otp: 482913', '482913'],
    `pin=${secret}`,
    `jwt=${secret}`,
    `Cookie: a=b; session=${secret}; c=d`,
    `passphrase: ${secret} correct`,
  ],
  order: [
    `{"value":"${secret}","name":"DB_PASSWORD"}`,
    `{"value":"${secret}","type":"String","name":"DB_PASSWORD"}`,
    `{"ParameterValue":"${secret}","ParameterKey":"DbPassword"}`,
    `[{"Value":"a","Key":"b"},{"Value":"${secret}","Key":"password"}]`,
    `<property><value>${secret}</value><name>fs.s3a.secret.key</name></property>`,
    `<property value="${secret}" name="password"/>`,
    `- value: ${secret}\n  name: DB_PASSWORD`,
  ],
  coding: [
    `&quot;password&quot;:&quot;${secret}&quot;`,
    `&#34;password&#34;:&#34;${secret}&#34;`,
    `&amp;quot;password&amp;quot;:&amp;quot;${secret}&amp;quot;`,
    `password&#61;${secret}`,
    `password&#x3d;${secret}`,
    `\\u0070assword=${secret}`,
    `password\\u003d${secret}`,
    `password\\x3d${secret}`,
    `pass\u200bword=${secret}`,
    `pass\u00adword=${secret}`,
    `password\uff1a${secret}`,
    `\uff50assword=${secret}`,
    `password\u001b[0m=\u001b[31m${secret}\u001b[0m`,
    `password:\u00a0${secret}`,
    `password%3D${secret}`,
    `password%253D${secret}`,
    `redirect=https%253A%252F%252Fu%253A${secret}%2540host`,
  ],
  formats: [
    'sk_live_4eC39HqLyjWDarjtT1zdp7dc',
    'rk_test_4eC39HqLyjWDarjtT1zdp7dc',
    'whsec_4eC39HqLyjWDarjtT1zdp7dc',
    `SG.ngeVfQFYQlKU0ufo8x5d1A.${long}`,
    `pypi-AgEIcHlwaS5vcmc${long}`,
    `dapi${hex}${hex}`,
    `hvs.CAESI${long}`,
    'glcbt-64_ABCDEFGHIJ1234567890',
    'glpat-ABCDEFGHIJ1234567890',
    'ATBBabcdefghijklmnopqrstuvwxyz012345AB12CD34',
    'ATATT3xFfGF0abcdefghijklmnopqrstuvwxyz0123456789abcdefghijkl=AB12CD34',
    `github_pat_${long}`,
    `npm_${long}`,
    `hf_${long}`,
    `dckr_pat_${long}`,
    `sk-ant-api03-${long}`,
    `xoxb-1234567890-${long}`,
    `xapp-1-A0-${long}`,
    `AIza${long}`,
    `GOCSPX-${long}`,
    `abc8Q~${long.slice(0, 32)}`,
    `dop_v1_${hex}${hex}`,
    `shpat_${hex}${hex}`,
    `SK${hex}${hex}`,
    `glsa_${long}`,
    `dp.pt.${long}`,
    `123456789:AA${long}`,
    `AGE-SECRET-KEY-1${long.toUpperCase()}`,
    `abcdefghijklmn.atlasv1.${long}${long}`,
    `LTAI${long.slice(0, 20)}`,
  ].map(token => [`upload with ${token} failed`, token] as [string, string]),
  webhooks: [
    `https://hooks.slack.com/services/T00000000/B00000000/${secret}`,
    `https://discord.com/api/webhooks/1234/${secret}`,
    `https://x.webhook.office.com/webhookb2/a@b/IncomingWebhook/${secret}/c`,
    `https://api.telegram.org/bot123456789:AA${secret}abcdefgh/getMe`,
  ],
};

/** Texts about secrets, and texts that look like them. */
const ordinary = [
  'password: must not be empty',
  'Password must have at least 8 characters',
  'parameters.password: is required',
  'Password: required',
  'The password is required',
  'Your password was not set',
  'Token: expired. Sign in again',
  'Invalid token: unexpected end of input at line 3',
  'Unexpected token < in JSON at position 0',
  "KeyError: 'token'",
  'next token: none',
  'Token-based authentication failed',
  'Authentication: failed for user lake',
  'Secret: DbPassword is a NoEcho parameter',
  'SecretBinary: not supported',
  'Column passwordHash: expected string, found int',
  'Credentials: Unable to locate credentials',
  'The credentials: profile default has none',
  'Stack movielens-demo-foundations is in UPDATE_ROLLBACK_COMPLETE, started by token backstage-AbCd1234efGh5678-deploy',
  'secretsmanager:GetSecretValue is not allowed',
  'Secret arn:aws:secretsmanager:us-east-1:111122223333:secret:db-AbCdEf was not found',
  'pass: 3, fail: 1',
  'Tests pass: yes',
  'bypass: true, second_pass=2',
  'auth: mode=iam',
  'pin: yes',
  'Primary key: userId, movieId',
  'partition key: year=2024/month=01',
  'Exit code: 137, code=AccessDenied',
  'https://h.example.com/objects?key=raw/movielens-2024.csv',
  'https://h.example.com/errors?code=404',
  'ClientRequestToken: backstage-AbCd1234',
  '"token.actions.githubusercontent.com:sub": "repo:lake/movielens:ref:refs/heads/main"',
  'if password == None: raise',
  '<password type="x"/>',
  'beeline -u jdbc:hive2://h/lake',
  'Connect to web/app1@example failed',
  'echo done | sudo tee x',
  'docker run -u 1000:1000 lake',
  'chown --user user:default/guest',
  'mysql -h db --port 3306',
  'ssh -p 2222 host',
  'glue-movielens-demo-transform-20261122',
  'public.ecr.aws/lake/spark-sk:3.5',
  'Resources identified by their tags',
  'select password, token from users',
  '("password", "username")',
  '{"Value":"a","Key":"b"}',
  '[{"Key":"b","Value":"a"},{"Key":"tokenType","Value":"JWT"}]',
  'A 100 %25 text &amp; more \\u0041 C:\\new\\table',
];

/** Texts around it, which change nothing in it. */
const carriers: Record<string, (text: string) => string> = {
  alone: text => text,
  'lines of several': text => `Traceback:\n${text}\nRuntimeError: x`,
  'JSON in JSON': text =>
    JSON.stringify({ Cause: JSON.stringify({ stderr: text, n: 1 }) }),
  'an error of AWS': text =>
    `An error occurred (ValidationException) when calling StartJobRun: ${text}`,
};

const toEntities = (text: string) =>
  text.replace(/[^A-Za-z0-9]/gu, each => `&#${each.codePointAt(0)};`);
const toEscapes = (text: string) =>
  text.replace(
    /[^A-Za-z0-9]/g,
    each => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** Codings of the whole text, which keep letters and digits. */
const codings: Record<string, (text: string) => string> = {
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': text => encodeURIComponent(encodeURIComponent(text)),
  'in entities of HTML': toEntities,
  'in escapes of JSON': toEscapes,
};

/** What stays of a secret in any coding: its letters and digits. */
const parts = (text: string) => text.match(/[A-Za-z0-9]{8,}/g) ?? [text];

describe.each(Object.entries(secrets))('redact, secrets in %s', (_, rows) => {
  it.each(rows.map(row => (typeof row === 'string' ? [row, secret] : row)))(
    'masks %j',
    (text, hidden) => {
      for (const [carrier, carry] of Object.entries(carriers)) {
        const redacted = redact(carry(text));
        expect({ carrier, redacted }).toEqual({
          carrier,
          redacted: expect.not.stringContaining(hidden),
        });
        expect(redact(redacted)).toBe(redacted);
      }
    },
  );
});

describe.each(Object.entries(codings))('redact, a text %s', (_, encode) => {
  const { coding, ...others } = secrets;
  it.each(Object.entries(others))('masks secrets in %s', (__, rows) => {
    for (const row of rows) {
      const [text, hidden] = typeof row === 'string' ? [row, secret] : row;
      const redacted = redact(encode(text));
      for (const part of parts(hidden)) {
        expect({ text, redacted }).toEqual({
          text,
          redacted: expect.not.stringContaining(part),
        });
      }
    }
  });
});

it.each(ordinary)('redact leaves %j', text => {
  const all = [
    ...Object.values(carriers).map(carry => carry(text)),
    ...Object.values(codings).map(encode => encode(text)),
  ];
  expect(all.map(each => redact(each))).toEqual(all);
});

it('redact masks the secret alone, not what stands beside it', () => {
  expect(
    redact(`curl -u admin:${secret} https://api.example.com/v1?code=404`),
  ).toBe('curl -u admin:**** https://api.example.com/v1?code=404');
  expect(redact(`password: >-\n  first\n  ${secret}\nkept: a`)).toBe(
    'password: >-\n  ****\nkept: a',
  );
  expect(redact(`{"value":"${secret}","name":"DB_PASSWORD","n":"kept"}`)).toBe(
    '{"value":"****","name":"DB_PASSWORD","n":"kept"}',
  );
  expect(redact(`a%20%26password%253D${secret}%20b`)).toBe(
    'a%20%26password%253D****%20b',
  );
});

it('redact keeps the values of other names beside those of secrets', () => {
  for (const text of [
    'ParameterKey=A,ParameterValue=kept ParameterKey=DbPassword,ParameterValue=****',
    '[{"Value":"kept"},{"Key":"password","Value":"****"}]',
    '<p name="a" value="kept"/><p name="password" value="****"/>',
    '- name: a\n  value: kept\n- name: DB_PASSWORD\n  value: ****',
    '- value: kept\n- name: DB_PASSWORD\n  value: ****',
  ]) {
    expect(redact(text.replace('****', secret))).toBe(text);
  }
});
