import { credentialsAdvice } from './credentialsError';
import { translateAwsError } from './errors';

const sdkError = (name: string, message: string, status = 400) =>
  Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status },
  });

describe('translateAwsError', () => {
  it.each([
    ['AccessDeniedException', 403, 'NotAllowedError'],
    ['ExpiredTokenException', 400, 'NotAllowedError'],
    ['ResourceNotFoundException', 400, 'NotFoundError'],
    ['NoSuchBucket', 404, 'NotFoundError'],
    ['ConcurrentModificationException', 400, 'ConflictError'],
    ['ThrottlingException', 400, 'ServiceUnavailableError'],
    ['InternalFailure', 500, 'ServiceUnavailableError'],
    ['ValidationError', 400, 'InputError'],
    ['NeverSeenBefore', 404, 'NotFoundError'],
    ['NeverSeenBefore', 503, 'ServiceUnavailableError'],
    ['NeverSeenBefore', 418, 'Error'],
  ])('makes %s with %s a %s', (name, status, expected) => {
    const error = sdkError(name, 'why', status);
    const translated = translateAwsError(error, 'reading x');
    expect(translated.name).toBe(expected);
    expect(translated.message).toContain('reading x');
    expect((translated as Error & { cause?: unknown }).cause).toBe(error);
  });

  it.each([
    ['ExpiredToken', 'The provided token has expired.', 400],
    ['ExpiredTokenException', 'The security token included is expired', 400],
    ['RequestExpired', 'Request has expired.', 400],
    [
      'CredentialsProviderError',
      'The SSO session associated with this profile has expired.',
      undefined,
    ],
  ])('says of %s that the credentials have expired', (name, why, status) => {
    const { message } = translateAwsError(
      sdkError(name, why, status),
      'reading x',
    );
    expect(message).toBe(
      `The credentials have expired, during reading x (${name}: ${why}). ${credentialsAdvice}`,
    );
  });

  it('names the missing IAM action, as AWS tells it or as the caller knows it', () => {
    const told = sdkError(
      'AccessDenied',
      'User: arn:aws:iam::1:user/x is not authorized to perform: cloudformation:CreateChangeSet on resource: y',
    );
    expect(translateAwsError(told, 'z').message).toContain(
      'need cloudformation:CreateChangeSet',
    );
    const untold = sdkError('Forbidden', 'UnknownError', 403);
    expect(
      translateAwsError(untold, { what: 'z', action: 's3:ListBucket' }).message,
    ).toContain('need s3:ListBucket');
  });

  it('reads the messages of CloudFormation and EMR', () => {
    const message = (name: string, text: string) =>
      translateAwsError(sdkError(name, text), 'x').name;
    expect(message('ValidationError', 'Stack with id s does not exist')).toBe(
      'NotFoundError',
    );
    expect(
      message('ValidationError', 'Stack s is in UPDATE_IN_PROGRESS state'),
    ).toBe('ConflictError');
    expect(
      message(
        'ValidationError',
        'Export vpc cannot be deleted as it is in use by other',
      ),
    ).toBe('ConflictError');
    expect(
      message('InvalidRequestException', "Cluster id 'j-1' is not valid."),
    ).toBe('NotFoundError');
  });

  it('says which endpoint does not answer, and how to start a local one', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), {
      code: 'ECONNREFUSED',
      address: '127.0.0.1',
      port: 4566,
    });
    expect(translateAwsError(refused, 'reading stack x').message).toBe(
      'AWS endpoint http://127.0.0.1:4566 does not answer (reading stack x): is the local AWS running? Start it with ./dev start',
    );
    const both = Object.assign(new AggregateError([refused]), {
      code: 'ECONNREFUSED',
    });
    expect(translateAwsError(both, 'x').name).toBe('ServiceUnavailableError');
    const wrapped = new Error(
      'SDK wrapper for connect ECONNREFUSED 127.0.0.1:9',
    );
    expect(translateAwsError(wrapped, 'x').message).toContain(
      'http://127.0.0.1:9 does not answer',
    );
    const unknown = Object.assign(new Error('getaddrinfo'), {
      code: 'ENOTFOUND',
      hostname: 'glue.nowhere-1.amazonaws.com',
    });
    expect(translateAwsError(unknown, 'x').message).toContain(
      'https://glue.nowhere-1.amazonaws.com',
    );
  });

  it('masks secrets that AWS quotes, in the cause too', () => {
    const error = sdkError(
      'ValidationException',
      'Value {"--password":"hunter2"} at arguments failed to satisfy a constraint',
    );
    const translated = translateAwsError(error, 'x') as Error & {
      cause?: Error;
    };
    expect(translated.message).toContain('{"--password":"****"}');
    const all = [translated, translated.cause!];
    expect(all.map(e => `${e.message}${e.stack}`).join()).not.toMatch(/hunter/);
  });

  it('lets an abort and a translated error pass', () => {
    const abort = Object.assign(new Error('x'), { name: 'AbortError' });
    expect(translateAwsError(abort, 'y')).toBe(abort);
    const once = translateAwsError(sdkError('NoSuchKey', 'x'), 'y');
    expect(translateAwsError(once, 'z')).toBe(once);
  });
});
