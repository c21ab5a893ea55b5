import type { PublishedPackage } from './published.ts';

/** URL of the repository, as package.json files name it. */
export const repository = 'https://github.com/data-lake/backstage-data-lake';

/** Files that every published package carries; Yarn packs them whatever `files` says. */
export const packagedFiles = ['README.md', 'CHANGELOG.md', 'LICENSE'];

/**
 * Finds what is missing or wrong in the metadata of a published package.
 *
 * @param present - names of the files in its folder
 * @returns one sentence a fault
 */
export function findMetadataFaults(
  { folder, json }: PublishedPackage,
  present: readonly string[],
): string[] {
  const expected = expectedMetadata(folder);
  return [
    ...Object.entries(expected)
      .filter(
        ([field, value]) =>
          JSON.stringify(json[field]) !== JSON.stringify(value),
      )
      .map(([field, value]) => `${field} is not ${JSON.stringify(value)}`),
    ...filledFields
      .filter(field => !isFilled(json[field]))
      .map(field => `${field} is missing`),
    ...packagedFiles
      .filter(file => !present.includes(file))
      .map(file => `${file} is missing`),
    ...(isPublic(json.publishConfig)
      ? []
      : ['publishConfig.access is not "public"']),
  ].map(fault => `${json.name}: ${fault}`);
}

function expectedMetadata(folder: string) {
  return {
    license: 'Apache-2.0',
    homepage: `${repository}/tree/main/${folder}#readme`,
    bugs: { url: `${repository}/issues` },
    repository: {
      type: 'git',
      url: `git+${repository}.git`,
      directory: folder,
    },
  };
}

const filledFields = [
  'name',
  'version',
  'description',
  'keywords',
  'files',
  'engines',
  'backstage',
];

function isFilled(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}

function isPublic(publishConfig: unknown): boolean {
  return (
    (publishConfig as { access?: string } | undefined)?.access === 'public'
  );
}
