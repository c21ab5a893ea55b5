import { Document } from 'yaml';

/** Writes parsed documents as they were written, except for what was changed in them. */
export function writeYaml(documents: readonly Document.Parsed[]): string {
  return documents
    .map(document =>
      document.toString({ lineWidth: 0, flowCollectionPadding: false }),
    )
    .join('');
}
