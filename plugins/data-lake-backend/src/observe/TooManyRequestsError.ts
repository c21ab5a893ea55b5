import { CustomErrorBase } from '@backstage/errors';

/** A caller requests more than one person does; Backstage answers with the status. */
export class TooManyRequestsError extends CustomErrorBase {
  name = 'TooManyRequestsError' as const;
  readonly statusCode = 429;
}
