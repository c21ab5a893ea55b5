/* Makes __fixtures__/github.api.json from GitHub's own description of its API, for the requests that the tests see:
     npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
     node tests/cases/codeHosts/extractGithubApi.mjs package/generated/api.github.com.json > tests/cases/codeHosts/__fixtures__/github.api.json
   @octokit/openapi is under the MIT licence, Copyright GitHub and Octokit contributors. */
import { readFileSync } from 'node:fs';

const operations = [
  'GET /rate_limit',
  'GET /users/{username}',
  'POST /orgs/{org}/repos',
  'POST /user/repos',
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/contents/{path}',
  'GET /repos/{owner}/{repo}/pulls',
  'POST /repos/{owner}/{repo}/pulls',
  'PUT /repos/{owner}/{repo}/branches/{branch}/protection',
];

const description = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const used = new Set();

const resolve = node =>
  node?.$ref
    ? node.$ref
        .slice(2)
        .split('/')
        .reduce((at, key) => at[key], description)
    : node;

/** Leaves the rules, without the prose, and notes the schemas that they name. */
function prune(node) {
  if (Array.isArray(node)) return node.map(prune);
  if (typeof node !== 'object' || node === null) return node;
  if (node.$ref) {
    const name = node.$ref.split('/').pop();
    used.add(name);
    return { $ref: `#/$defs/${name}` };
  }
  const prose = ['description', 'title', 'deprecated', 'externalDocs'];
  return Object.fromEntries(
    Object.entries(node)
      .filter(
        ([key, value]) =>
          !key.startsWith('x-') &&
          key !== 'examples' &&
          !(key === 'example') &&
          !(prose.includes(key) && typeof value !== 'object'),
      )
      .map(([key, value]) => [key, prune(value)]),
  );
}

const jsonOf = content =>
  content?.['application/json'] ?? content?.['application/vnd.github.object'];

const api = Object.fromEntries(
  operations.map(operation => {
    const [method, path] = operation.split(' ');
    const { requestBody, responses } =
      description.paths[path][method.toLowerCase()];
    const answers = Object.entries(responses).flatMap(([status, answer]) => {
      const json = jsonOf(resolve(answer).content);
      if (!json) return [];
      const [example] = Object.values(json.examples ?? {});
      const isSuccess = status.startsWith('2');
      return [
        [
          status,
          {
            schema: prune(json.schema),
            ...(isSuccess && { example: resolve(example)?.value }),
          },
        ],
      ];
    });
    return [
      operation,
      {
        request: prune(jsonOf(resolve(requestBody)?.content)?.schema),
        answers: Object.fromEntries(answers),
      },
    ];
  }),
);

const schemas = {};
for (const name of used) {
  // a set visits what is added while it is read
  schemas[name] = prune(description.components.schemas[name]);
}
const result = { version: description.info.version, api, schemas };
process.stdout.write(`${JSON.stringify(result)}\n`);
