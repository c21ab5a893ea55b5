import { Readable } from 'node:stream';
import type { AwsClients } from '@data-lake/aws';

/** Answers by the name of the call: `GetJob`, or `GET /dags/movielens-demo/details` for Airflow. */
export type Answers = Record<string, (input: any) => unknown>;

/** Makes an error as the SDK throws it. */
export function sdkError(name: string, message: string, status = 400): Error {
  return Object.assign(new Error(message), {
    name,
    $metadata: { httpStatusCode: status },
  });
}

/** An error of Airflow itself, as MWAA wraps it. */
export class AirflowError extends Error {
  constructor(readonly status: number, readonly detail: string) {
    super(detail);
  }
}

/** Makes clients that answer from a table and record the calls; an unexpected call throws. */
export function fakeClients(answers: Answers): {
  clients: AwsClients;
  asked: string[];
} {
  const asked: string[] = [];
  const answer = async (call: string, input: unknown, signal?: AbortSignal) => {
    asked.push(call);
    signal?.throwIfAborted();
    if (!Object.hasOwn(answers, call)) throw new Error(`Unexpected ${call}`);
    const result = await answers[call](input);
    signal?.throwIfAborted();
    return result;
  };
  const client = {
    send: (
      command: { constructor: { name: string }; input: unknown },
      options?: { abortSignal?: AbortSignal },
    ) =>
      answer(
        command.constructor.name.replace(/Command$/, ''),
        command.input,
        options?.abortSignal,
      ),
  };
  const settings = {
    credentials: async () => ({ accessKeyId: 'a', secretAccessKey: 'b' }),
    findEndpoint: () => 'http://127.0.0.1:1',
    requestHandler: {
      handle: (
        request: { body: string },
        options: { abortSignal?: AbortSignal },
      ) => handleRestApi(request.body, options.abortSignal),
    },
  };
  const handleRestApi = async (text: string, signal?: AbortSignal) => {
    const { Method, Path, Body } = JSON.parse(text);
    try {
      const RestApiResponse = await answer(`${Method} ${Path}`, Body, signal);
      return toResponse(200, { RestApiStatusCode: 200, RestApiResponse });
    } catch (error) {
      if (!(error instanceof AirflowError)) throw error;
      const { status, detail } = error;
      const RestApiResponse = { status, detail };
      return toResponse(
        400,
        { RestApiStatusCode: status, RestApiResponse },
        {
          'x-amzn-errortype':
            status < 500 ? 'RestApiClientException' : 'RestApiServerException',
        },
      );
    }
  };
  const clients = {
    target: { account: '111122223333', region: 'eu-central-1' },
    settings,
    calls: { count: () => {} },
    ...Object.fromEntries(Object.keys(clientNames).map(name => [name, client])),
  } as unknown as AwsClients;
  return { clients, asked };
}

function toResponse(statusCode: number, body: object, headers = {}) {
  const bytes = Buffer.from(JSON.stringify(body));
  return { response: { statusCode, headers, body: Readable.from([bytes]) } };
}

/** Complete by the compiler: every client answers from the one table. */
const clientNames = {
  cloudformation: true,
  sfn: true,
  glue: true,
  emr: true,
  emrServerless: true,
  lakeformation: true,
  lambda: true,
  ssm: true,
  s3: true,
  iam: true,
  sts: true,
  logs: true,
  kms: true,
  mwaa: true,
} satisfies Record<
  Exclude<keyof AwsClients, 'target' | 'settings' | 'calls'>,
  true
>;
