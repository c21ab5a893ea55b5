import { InputError } from '@backstage/errors';
import {
  listProblems,
  Project,
  projectSchema,
} from '@data-lake/plugin-data-lake-common';
import { parseYamlDocument } from '@data-lake/aws';
import { isAlias, isScalar, visit } from 'yaml';

/** A project.yaml has some kilobytes. */
const maxBytes = 256 * 1024;

/**
 * Parses the text of a `project.yaml`. The DAG and the CDK app of a project refuse the same, with the same words.
 *
 * @throws InputError that names each invalid key and the rule it breaks
 * @public
 */
export function parseProject(text: string): Project {
  if (Buffer.byteLength(text) > maxBytes) {
    throw new InputError(`project.yaml has more than ${maxBytes} bytes`);
  }
  const values = parseYaml(text);
  const problems = listProblems(values, projectSchema);
  if (problems.length > 0) {
    throw new InputError(`project.yaml is invalid: ${problems.join('; ')}`);
  }
  return Project.parse(values);
}

/** Readers differ in what ends a line, and some refuse the rest. */
const unreadable =
  // eslint-disable-next-line no-control-regex
  /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/;

function parseYaml(text: string): unknown {
  try {
    const [found] = unreadable.exec(text) ?? [];
    if (found) {
      throw new Error(
        `it has the character U+${toCode(
          found,
        )}, which readers of YAML take differently`,
      );
    }
    const document = parseYamlDocument(text);
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node) || node.anchor || node.tag) {
          throw new Error('anchors, aliases and tags are not allowed');
        }
      },
      Pair: (_key, { key }) => {
        if (!isScalar(key)) throw new Error('a key must be text');
      },
    });
    return document.toJS();
  } catch (error) {
    throw new InputError(
      `project.yaml cannot be parsed: ${(error as Error).message}`,
    );
  }
}

const toCode = (character: string) =>
  character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
