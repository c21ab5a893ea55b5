import { ResponseError } from '@backstage/errors';
import { toMessage } from './error';

describe('toMessage', () => {
  it('is what the backend said', async () => {
    const error = { name: 'NotAllowedError', message: 'You may not run this' };
    const body = { error, response: { statusCode: 403 } };
    const response = new Response(JSON.stringify(body), {
      status: 403,
      headers: { 'Content-Type': 'application/json' },
    });
    expect(toMessage(await ResponseError.fromResponse(response as any))).toBe(
      'You may not run this.',
    );
  });

  it('is the error itself where there is nothing behind it', () => {
    expect(toMessage(new Error('Failed to fetch'))).toBe('Failed to fetch.');
    expect(toMessage(new Error('Try again.'))).toBe('Try again.');
    expect(toMessage('odd')).toBe('odd.');
  });
});
