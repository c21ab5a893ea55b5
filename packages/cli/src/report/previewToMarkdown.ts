import {
  toDangerText,
  listEndangered,
  Preview,
  toPropertyText,
} from '@data-lake/cloudformation';
import { ProjectPreview } from '@data-lake/plugin-data-lake-node';
import { UploadPreview } from '@data-lake/s3-sync';

/** Formats a preview for a pull request: changes, dangers, and the digests that deploy exactly this. */
export function previewToMarkdown(
  name: string,
  preview: ProjectPreview,
): string {
  const stacks = Object.entries(preview.stacks).map(([stack, each]) =>
    stackToMarkdown(stack, each),
  );
  return [
    `## ${name}`,
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
  const { does, resources, broader, digest } = preview;
  const title = `### Stack ${name}: ${headlines[does]}`;
  if (does === 'nothing') return title;
  const rows = resources.map(
    ({ does: change, logicalId, type, properties }) =>
      `| ${change} | \`${logicalId}\` | ${type} | ${properties
        .map(each => toCell(toPropertyText(each)))
        .join('<br>')} |`,
  );
  const dangers = listEndangered(resources).map(toDangerText);
  const wider =
    does === 'update'
      ? broader.map(({ logicalId, text }) => `\`${logicalId}\`: ${text}`)
      : [];
  return [
    title,
    ...toWarnings('Resources with data in danger', dangers),
    ...toWarnings('Permissions get broader', wider),
    [
      '| | resource | type | properties |',
      '| --- | --- | --- | --- |',
      ...rows,
    ].join('\n'),
    `Deploy exactly this: \`--previewed ${name}=${digest}\``,
  ].join('\n\n');
}

/** Escapes a value, which may contain anything, for a cell of a table. */
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
