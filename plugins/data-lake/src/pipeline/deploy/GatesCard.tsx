import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PreviewedResource } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import cardStyles from '../card/Card.module.css';
import styles from './GatesCard.module.css';
import type { Danger } from './listGates';

/** What is done only with a yes to each, and why. */
export function DangerCard(props: { dangers: readonly Danger[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { dangers } = props;
  const title = t('deploy.needsYes', { count: dangers.length });
  return (
    <section
      className={clsx(cardStyles.card, styles.dangers)}
      aria-label={title}
    >
      <div className={cardStyles.title}>
        <h2>{title}</h2>
      </div>
      <ul>
        {dangers.map(danger => (
          <li key={danger.id}>
            <StateMark
              look={
                danger.kind === 'data' ? healthLook.failed : healthLook.late
              }
              size={20}
            />
            <What danger={danger} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function What({ danger }: { danger: Danger }) {
  switch (danger.kind) {
    case 'data':
      return <Data resource={danger.resource} />;
    case 'permissions':
      return <Permissions danger={danger} />;
    default:
      return <Files danger={danger} />;
  }
}

function Permissions(props: {
  danger: Extract<Danger, { kind: 'permissions' }>;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { logicalId, texts } = props.danger;
  return (
    <div>
      <strong>
        {t('deploy.broader')} <code>{logicalId}</code>
      </strong>
      {texts.map(text => (
        <p key={text}>{text}</p>
      ))}
    </div>
  );
}

function Files(props: { danger: Extract<Danger, { kind: 'files' }> }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { place, deleted } = props.danger;
  return (
    <div>
      <strong>{t('deploy.manyDeleted', { count: deleted.length })}</strong>
      <p>{t('deploy.manyDeletedWhy', { place })}</p>
    </div>
  );
}

function Data({ resource }: { resource: PreviewedResource }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { logicalId, type, physicalId } = resource;
  return (
    <div>
      <strong>
        {t('deploy.endangered')} <code>{logicalId}</code>{' '}
        {toVerb(resource.does, t)}
      </strong>
      <p>
        {t(
          resource.does === 'changed'
            ? 'deploy.endangeredUnprotectedWhy'
            : 'deploy.endangeredKept',
          {
            type: physicalId ? `${type}, ${physicalId}` : type,
            former: toFormer(resource, t),
          },
        )}
      </p>
    </div>
  );
}

function toVerb(does: PreviewedResource['does'], t: Translate): string {
  if (does === 'removed') return t('deploy.endangeredRemoved');
  if (does === 'changed') return t('deploy.endangeredUnprotected');
  return does === 'replaced'
    ? t('deploy.endangeredReplaced')
    : t('deploy.endangeredPerhaps');
}

/** What becomes of the one that is there. */
export function toFormer(
  { former }: Pick<PreviewedResource, 'former'>,
  t: Translate,
): string {
  if (former === 'kept') return t('deploy.formerKept');
  return former === 'kept as a snapshot'
    ? t('deploy.formerSnapshot')
    : t('deploy.formerDeleted');
}
