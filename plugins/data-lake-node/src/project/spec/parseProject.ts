import { InputError } from '@backstage/errors';
import { Project } from '@data-lake/plugin-data-lake-common';
import { parseYamlDocument } from '@data-lake/aws';

/** A project.yaml has some kilobytes. */
const maxBytes = 256 * 1024;

/**
 * Parses the text of a `project.yaml`.
 *
 * @throws InputError that names each invalid key and the rule it breaks
 * @public
 */
export function parseProject(text: string): Project {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new InputError(`project.yaml has more than ${maxBytes} bytes`);
  }
  const result = Project.safeParse(parseYaml(text));
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );
  throw new InputError(`project.yaml is invalid: ${problems.join('; ')}`);
}

function parseYaml(text: string): unknown {
  try {
    return parseYamlDocument(text).toJS({ maxAliasCount: 0 });
  } catch (error) {
    throw new InputError(
      `project.yaml cannot be parsed: ${(error as Error).message}`,
    );
  }
}
