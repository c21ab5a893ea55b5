import { ChangeDescription } from '../change/describeChange';
import { toDangerText, listEndangered } from '../change/findGates';
import { toPropertyText } from '../change/propertyChanges';
import { toCostLines } from '../cost/fixedCost';
import { ResourceChange } from '../stack/resourceChange';

/** Describes a change in lines: resources, permissions, endangered data and cost. */
export function describePreview(
  stackName: string,
  { does, resources, broader, cost }: ChangeDescription,
  region: string,
): string[] {
  const endangered = listEndangered(resources);
  return [
    `Stack ${stackName} ${headlines[does]}`,
    ...describeResources(resources),
    ...toSection(
      does === 'update' ? 'Broader permissions:' : 'Permissions granted:',
      broader.map(({ logicalId, text }) => `${logicalId}: ${text}`),
    ),
    ...toSection('Endangered data:', endangered.map(toDangerText)),
    ...toCostLines(cost, region),
  ];
}

/** Describes what CloudFormation warns of, in lines. */
export const describeWarnings = (warnings: readonly string[]) =>
  toSection('Warnings of CloudFormation:', warnings);

const headlines = {
  create: 'would be created',
  update: 'would be updated',
  replace: 'would be created again: its first create failed, and it is empty',
  nothing: 'is up to date: nothing to change',
} satisfies Record<ChangeDescription['does'], string>;

const toSection = (title: string, lines: readonly string[]) =>
  lines.length > 0 ? [title, ...lines.map(line => `  ! ${line}`)] : [];

/** Describes each resource in a line, such as `~ Topic (AWS::SNS::Topic)`, and each changed property. */
export function describeResources(
  resources: readonly ResourceChange[],
): string[] {
  return resources.flatMap(({ does, logicalId, type, properties, drifted }) => {
    const drift = drifted ? ', changed outside CloudFormation' : '';
    return [
      `  ${marks[does]} ${logicalId} (${type}${drift})`,
      ...properties.map(each => `      ${toPropertyText(each)}`),
    ];
  });
}

const marks = {
  added: '+',
  adopted: '+ taken over as it is:',
  changed: '~',
  'perhaps replaced': '~ perhaps replaced:',
  replaced: '! replaced:',
  removed: '-',
} satisfies Record<ResourceChange['does'], string>;
