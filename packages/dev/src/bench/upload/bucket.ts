/** Creates a bucket; not measured. */
export async function createBucket(
  env: NodeJS.ProcessEnv,
  bucket: string,
): Promise<void> {
  await send(env, 'PUT', bucket);
}

/** Reads an object; not measured. */
export async function readObject(
  env: NodeJS.ProcessEnv,
  bucket: string,
  key: string,
): Promise<Buffer> {
  const answer = await send(env, 'GET', `${bucket}/${key}`);
  return Buffer.from(await answer.arrayBuffer());
}

/** Sends a request. The local AWS takes the account from the credentials, and checks no signature. */
async function send(
  env: NodeJS.ProcessEnv,
  method: string,
  path: string,
): Promise<Response> {
  const day = new Date().toISOString().slice(0, 10).replace(/-/g, '');
  const answer = await fetch(`${env.AWS_ENDPOINT_URL}/${path}`, {
    method,
    headers: {
      authorization: `AWS4-HMAC-SHA256 Credential=${env.AWS_ACCESS_KEY_ID}/${day}/${env.AWS_REGION}/s3/aws4_request, SignedHeaders=host, Signature=none`,
    },
  });
  if (!answer.ok) {
    throw new Error(`${method} ${path}: ${answer.status}`);
  }
  return answer;
}
