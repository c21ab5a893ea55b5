import { ResponseError } from '@backstage/errors';
import { toMessage } from './error';

describe('toMessage', () => {
  it('takes the message of the backend', async () => {
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

  it('takes its own message without a cause', () => {
    expect(toMessage(new Error('Failed to fetch'))).toBe('Failed to fetch.');
    expect(toMessage(new Error('Try again.'))).toBe('Try again.');
    expect(toMessage('odd')).toBe('odd.');
  });
});
