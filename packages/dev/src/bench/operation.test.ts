import { toOperation } from './operation.ts';

const signed = (service: string) => ({
  authorization: `AWS4-HMAC-SHA256 Credential=000000000000/20260102/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`,
});

describe('toOperation', () => {
  it.each([
    ['the query protocol', 'cloudformation', 'Action=CreateStack&Version=1'],
    ['its parameters in any order', 'cloudformation', 'X=1&Action=CreateStack'],
  ])('knows %s', (_what, service, form) => {
    expect(
      toOperation({ method: 'POST', headers: signed(service), form }),
    ).toBe('cloudformation:CreateStack');
  });

  it('knows the JSON protocol', () => {
    const headers = { ...signed('glue'), 'x-amz-target': 'AWSGlue.GetJob' };
    expect(toOperation({ method: 'POST', headers, form: '{}' })).toBe(
      'glue:GetJob',
    );
  });

  it('reads no operation out of what is uploaded', () => {
    const form = 'x&Action=CreateStack';
    expect(toOperation({ method: 'PUT', headers: signed('s3'), form })).toBe(
      's3:PUT',
    );
  });

  it('counts a request without a signature too', () => {
    expect(toOperation({ method: 'GET', headers: {}, form: '' })).toBe(
      'unsigned:GET',
    );
  });
});
