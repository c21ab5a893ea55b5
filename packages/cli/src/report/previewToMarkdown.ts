import {
  findGates,
  toDangerText,
  listEndangered,
  Preview,
  toPropertyText,
} from '@data-lake/cloudformation';
import { toCodeSpan } from '@data-lake/plugin-data-lake-common';
import { ProjectPreview } from '@data-lake/plugin-data-lake-node';
import { UploadPreview } from '@data-lake/s3-sync';

/**
 * Formats a preview for a pull request: changes, dangers, and the digests that deploy exactly this. What a template, a
 * file's name or AWS says is in code spans: whoever opens a pull request must not be able to hide or add a line.
 */
export function previewToMarkdown(
  name: string,
  preview: ProjectPreview,
): string {
  const stacks = Object.entries(preview.stacks).map(([stack, each]) =>
    stackToMarkdown(stack, each),
  );
  return [
    `## ${toCodeSpan(name)}`,
    ...stacks,
    uploadToMarkdown('Release of scripts', preview.release),
    uploadToMarkdown('DAGs', preview.dags),
  ]
    .join('\n\n')
    .concat('\n');
}

const headlines = {
  create: 'would be created',
  update: 'would be updated',
  replace: 'would be deleted and created again',
  nothing: 'nothing changes',
} satisfies Record<Preview['does'], string>;

function stackToMarkdown(name: string, preview: Preview): string {
  const { does, resources, broader, digest, left } = preview;
  const title = `### Stack ${toCodeSpan(name)}: ${headlines[does]}`;
  const remains = left ? [`⚠️ ${toCodeSpan(left)}`] : [];
  if (does === 'nothing') return [title, ...remains].join('\n\n');
  // those that a gate asks about
  const wider = broader.filter(
    each => findGates({ does, resources: [], broader: [each] }, {}).length > 0,
  );
  return [
    title,
    ...remains,
    ...toWarnings(
      'Resources with data in danger',
      listEndangered(resources).map(toDangerText).map(toCodeSpan),
    ),
    ...toWarnings(
      'Permissions get broader',
      wider.map(
        ({ logicalId, text }) =>
          `${toCodeSpan(logicalId)}: ${toCodeSpan(text)}`,
      ),
    ),
    resources.flatMap(toItems).join('\n'),
    `Deploy exactly this: ${toCodeSpan(`--previewed ${name}=${digest}`)}`,
  ].join('\n\n');
}

/** A list, since a cell of a table cannot hold every text. */
const toItems = ({
  does,
  logicalId,
  type,
  properties,
}: Preview['resources'][number]) => [
  `- ${does}: ${toCodeSpan(logicalId)}, ${toCodeSpan(type)}`,
  ...properties.map(each => `  - ${toCodeSpan(toPropertyText(each))}`),
];

const toWarnings = (title: string, items: string[]) =>
  items.length > 0
    ? [[`⚠️ ${title}:`, ...items.map(item => `- ${item}`)].join('\n')]
    : [];

function uploadToMarkdown(
  title: string,
  { prefix, uploads, deletes, deletesMany, unchanged }: UploadPreview,
): string {
  const changes = [
    ...uploads.map(path => `- uploads ${toCodeSpan(path)}`),
    ...deletes.map(path => `- deletes ${toCodeSpan(path)}`),
  ];
  const headline = `### ${title} ${toCodeSpan(prefix)}: ${
    changes.length || 'no'
  } changes, ${unchanged} files unchanged`;
  const many = deletesMany
    ? [`may be a mistake; to allow it: \`--max-deleted ${deletes.length}\``]
    : [];
  return [
    headline,
    ...toWarnings(`Deletes ${deletes.length} files`, many),
    ...(changes.length > 0 ? [changes.join('\n')] : []),
  ].join('\n\n');
}
