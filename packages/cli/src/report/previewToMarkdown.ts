import {
  dangerText,
  listEndangered,
  Preview,
  propertyText,
} from '@data-lake/cloudformation';
import { ProjectPreview } from '@data-lake/plugin-data-lake-node';
import { UploadPreview } from '@data-lake/s3-sync';

const headlines = {
  create: 'would be created',
  update: 'would be updated',
  replace: 'would be made anew',
  nothing: 'nothing changes',
} satisfies Record<Preview['does'], string>;

/** A preview for a pull request: what changes, what is dangerous, and the digests that deploy it. */
export function previewToMarkdown(name: string, told: ProjectPreview): string {
  const stacks = Object.entries(told.stacks).map(([stack, preview]) =>
    stackToMarkdown(stack, preview),
  );
  return [
    `## ${name}`,
    ...stacks,
    uploadToMarkdown('Release of scripts', told.release),
    uploadToMarkdown('DAGs', told.dags),
  ]
    .join('\n\n')
    .concat('\n');
}

function stackToMarkdown(name: string, preview: Preview): string {
  const { does, resources, broader, digest } = preview;
  const title = `### Stack ${name}: ${headlines[does]}`;
  if (does === 'nothing') return title;
  const rows = resources.map(
    ({ does: change, logicalId, type, properties }) =>
      `| ${change} | \`${logicalId}\` | ${type} | ${properties
        .map(each => toCell(propertyText(each)))
        .join('<br>')} |`,
  );
  const dangers = listEndangered(resources).map(dangerText);
  const wider =
    does === 'update'
      ? broader.map(({ logicalId, text }) => `\`${logicalId}\`: ${text}`)
      : [];
  return [
    title,
    ...toWarnings('Holds data and is in danger', dangers),
    ...toWarnings('Permissions get broader', wider),
    [
      '| | resource | type | properties |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    `Deploys exactly this: \`--previewed ${name}=${digest}\``,
  ].join('\n\n');
}

/** A table's cell ends at a bar, and a value may have anything in it. */
const toCell = (text: string) =>
  text.replace(/[\\`*_|<>[\]&]/g, each => `&#${each.charCodeAt(0)};`);

const toWarnings = (title: string, items: string[]) =>
  items.length > 0
    ? [[`⚠️ ${title}:`, ...items.map(item => `- ${item}`)].join('\n')]
    : [];

function uploadToMarkdown(
  title: string,
  { prefix, uploads, deletes, deletesMany, unchanged }: UploadPreview,
): string {
  const changes = [
    ...uploads.map(path => `- uploads \`${path}\``),
    ...deletes.map(path => `- deletes \`${path}\``),
  ];
  const headline = `### ${title} \`${prefix}\`: ${
    changes.length || 'no'
  } changes, ${unchanged} files as they are`;
  const many = deletesMany
    ? [
        `looks like a mistake; if it is meant: \`--max-deleted ${deletes.length}\``,
      ]
    : [];
  return [
    headline,
    ...toWarnings(`Deletes ${deletes.length} files`, many),
    ...(changes.length > 0 ? [changes.join('\n')] : []),
  ].join('\n\n');
}
