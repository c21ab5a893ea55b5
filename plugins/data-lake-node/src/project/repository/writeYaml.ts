import { Document } from 'yaml';

/**
 * Writes parsed documents as they were written, except for what was changed in them. A text that YAML 1.1 reads as
 * something else, such as `no`, is written in quotes: other readers of the file may follow that version.
 */
export function writeYaml(documents: readonly Document.Parsed[]): string {
  return documents
    .map(document => {
      document.schema.compat ??= compat;
      return document.toString({ lineWidth: 0, flowCollectionPadding: false });
    })
    .join('');
}

const { compat } = new Document(null, { compat: 'yaml-1.1' }).schema;
