import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { isEndangered } from '@data-lake/plugin-data-lake-common';
import type {
  PreviewedResource,
  StackPreview,
} from '@data-lake/plugin-data-lake-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Card } from '../card/Card';
import styles from './StackChanges.module.css';
import { toFormer } from './GatesCard';
import { PropertyChanges } from './PropertyChanges';
import { ActionIcon } from './ActionIcon';
import { listGatedPermissions } from './listGates';

/** The resources of a stack that a deployment changes, the riskiest first. */
export function StackChanges({ stack }: { stack: StackPreview }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  if (stack.does === 'nothing') {
    return (
      <Card title={stack.stackName}>
        <p className={styles.quiet}>
          {t('deploy.stackNothing', { name: stack.stackName })}
        </p>
      </Card>
    );
  }
  const groups = order
    .map(does => ({
      does,
      resources: stack.resources.filter(resource => resource.does === does),
    }))
    .filter(({ resources }) => resources.length > 0);
  return (
    <Card
      title={stack.stackName}
      aside={
        stack.does === 'create' || stack.does === 'replace'
          ? t('deploy.stackCreate', { name: stack.name })
          : undefined
      }
    >
      {groups.map(({ does, resources }) => (
        <div key={does} className={styles.group}>
          <h3>
            {toTitle(does, t)} <span>{resources.length}</span>
          </h3>
          <ul>
            {resources.map(resource => (
              <li key={resource.logicalId}>
                <Resource
                  resource={resource}
                  stack={stack}
                  isOpen={
                    resource.properties.length > 0 &&
                    resources.length <= fewResources
                  }
                />
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Card>
  );
}

/** Up to this many resources of a group are shown open. */
const fewResources = 4;

const order: PreviewedResource['does'][] = [
  'unknown',
  'replaced',
  'perhaps replaced',
  'removed',
  'changed',
  'adopted',
  'added',
];

function toTitle(does: PreviewedResource['does'], t: Translate): string {
  switch (does) {
    case 'unknown':
      return t('deploy.groupUnknown');
    case 'replaced':
      return t('deploy.groupReplaced');
    case 'perhaps replaced':
      return t('deploy.groupPerhaps');
    case 'removed':
      return t('deploy.groupRemoved');
    case 'changed':
      return t('deploy.groupChanged');
    case 'adopted':
      return t('deploy.groupAdopted');
    default:
      return t('deploy.groupAdded');
  }
}

function Resource(props: {
  resource: PreviewedResource;
  stack: StackPreview;
  isOpen: boolean;
}) {
  const { resource, stack } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { logicalId, type, does, properties, physicalId } = resource;
  const broader = stack.broader.filter(b => b.logicalId === logicalId);
  const wider = listGatedPermissions({ ...stack, broader }).length > 0;
  const isEmpty =
    properties.length + broader.length === 0 && !resource.former && !physicalId;
  return (
    <details
      className={styles.resource}
      open={wider || isEndangered(resource) || props.isOpen || undefined}
    >
      <summary>
        <ActionIcon of={does} />
        <b title={logicalId}>{logicalId}</b>
        <span className={styles.type}>{type.replace(/^AWS::/, '')}</span>
        <span className={styles.grow} />
        {isEndangered(resource) && (
          <span className={styles.failed}>
            <StateMark look={healthLook.failed} size={12} />
            {t('deploy.inDanger')}
          </span>
        )}
        {wider && (
          <span className={styles.late}>
            <StateMark look={healthLook.late} size={12} />
            {t('deploy.wider')}
          </span>
        )}
        <RiArrowDownSLine size={16} className={styles.arrow} aria-hidden />
      </summary>
      <div className={styles.detail}>
        {physicalId && <code>{physicalId}</code>}
        <PropertyChanges properties={properties} />
        {resource.former && (
          <p>{t('deploy.former', { former: toFormer(resource, t) })}</p>
        )}
        {broader.map(({ text }) => (
          <p key={text}>
            {t('deploy.gives')} {text}
          </p>
        ))}
        {isEmpty && <p>{t('deploy.noDetail')}</p>}
      </div>
    </details>
  );
}
