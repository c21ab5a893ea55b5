import { refusal, refusalWithin, type Statement } from './policy';

const allow = (statement: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 's3:GetObject',
  Resource: 'arn:aws:s3:::lake/raw/*',
  ...statement,
});
const asked = {
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::lake/raw/movies.csv',
  conditions: {},
};
const ask = (statements: Statement[], change: object = {}) =>
  refusal([{ name: 'policy', statements }], { ...asked, ...change });

describe('refusal', () => {
  it('is undefined if a statement allows action and resource', () => {
    expect(ask([allow({})])).toBeUndefined();
    expect(
      ask([allow({ Action: ['s3:Put*', 'S3:getobject'] })]),
    ).toBeUndefined();
    expect(ask([allow({ Resource: '*' })])).toBeUndefined();
  });

  it('names the missing part of the nearest statement', () => {
    const other = allow({ Sid: 'Logs', Action: 'logs:PutLogEvents' });
    const near = allow({ Action: ['s3:PutObject', 's3:DeleteObject'] });
    const place = allow({
      Sid: 'Place',
      Resource: ['arn:aws:s3:::lake/tmp/*'],
    });
    expect(ask([])).toBe('the role has no policy');
    expect(ask([other, near])).toBe(
      'nearest is Allow s3:PutObject and 1 more of policy: allows s3:PutObject, s3:DeleteObject',
    );
    expect(ask([near, place])).toBe(
      'nearest is Allow Place of policy: allows it on arn:aws:s3:::lake/tmp/*',
    );
  });

  it('compares resources literally, and needs * for an action without resources', () => {
    expect(ask([allow({ Resource: 'arn:aws:s3:::lake/RAW/*' })])).toBeDefined();
    expect(ask([allow({ Resource: 'arn:aws:s3:::lake/raw' })])).toBeDefined();
    expect(ask([allow({})], { resource: '*' })).toBeDefined();
  });

  it('checks every condition, and fails for a missing key', () => {
    const tagged = allow({
      Condition: { StringEquals: { 'aws:ResourceTag/project': ['a', 'b'] } },
    });
    const having = (value: string) => ({
      conditions: { 'AWS:resourcetag/project': value },
    });
    expect(ask([tagged], having('b'))).toBeUndefined();
    expect(ask([tagged], having('c'))).toContain('and it is c');
    expect(ask([tagged])).toContain('and it is not there');
  });

  it('takes a missing key for …IfExists, and no other value', () => {
    const tagged = allow({
      Condition: { StringLikeIfExists: { 'aws:ResourceTag/project': 'a' } },
    });
    const having = (value: string) => ({
      conditions: { 'aws:ResourceTag/project': value },
    });
    expect(ask([tagged])).toBeUndefined();
    expect(ask([tagged], having('a'))).toBeUndefined();
    expect(ask([tagged], having('b'))).toContain('and it is b');
  });

  it('needs the boundary and a policy', () => {
    const all = { name: 'all', statements: [allow({ Action: '*' })] };
    const none = { name: 'none', statements: [] };
    expect(refusalWithin(all, [all], asked)).toBeUndefined();
    expect(refusalWithin(all, [], asked)).toBe('the role has no policy');
    expect(refusalWithin(none, [all], asked)).toContain('beyond the boundary');
  });

  it('matches a prefix like a shell', () => {
    const listing = allow({
      Condition: { StringLike: { 's3:prefix': ['raw', 'raw/*'] } },
    });
    const prefix = (value: string) => ({ conditions: { 's3:prefix': value } });
    expect(ask([listing], prefix('raw/x/'))).toBeUndefined();
    expect(ask([listing], prefix('raws'))).toBeDefined();
    expect(ask([listing], prefix(''))).toBeDefined();
  });

  it('lets a Deny win', () => {
    expect(
      ask([allow({}), allow({ Effect: 'Deny', Sid: 'No', Action: 's3:*' })]),
    ).toBe('denied by Deny No of policy');
  });

  it('throws for unsupported elements', () => {
    const unknown = [
      { NotAction: 's3:*' },
      { Resource: 'arn:aws:s3:::${aws:username}' },
      { Condition: { DateLessThan: { 'aws:CurrentTime': '2026' } } },
    ];
    for (const statement of unknown) {
      expect(() => ask([allow(statement as Partial<Statement>)])).toThrow(
        'This evaluator does not know',
      );
    }
  });
});
