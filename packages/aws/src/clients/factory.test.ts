import { AwsClientFactory } from './factory';

describe('AwsClientFactory', () => {
  it('makes one set of clients for a target, which names account and region alone', () => {
    const factory = new AwsClientFactory({
      endpoints: {},
      credentials: { getCredentialProvider: jest.fn() },
    });
    const target = { account: '123456789012', region: 'eu-west-1' };
    const first = factory.forTarget({ ...target, name: 'demo' } as any);
    expect(first.target).toEqual(target);
    expect(factory.forTarget(target)).toBe(first);
  });
});
