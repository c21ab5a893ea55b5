import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { PreviewedResource } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import cardStyles from '../card/Card.module.css';
import styles from './GatesCard.module.css';
import type { Gate } from './listGates';

/** The card that lists the gates of a deployment and their reasons. */
export function GatesCard(props: { gates: readonly Gate[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { gates } = props;
  const title = t('deploy.gates', { count: gates.length });
  return (
    <section className={clsx(cardStyles.card, styles.gates)} aria-label={title}>
      <div className={cardStyles.title}>
        <h2>{title}</h2>
      </div>
      <ul>
        {gates.map(gate => (
          <li key={gate.id}>
            <StateMark
              look={gate.kind === 'data' ? healthLook.failed : healthLook.late}
              size={20}
            />
            <GateText gate={gate} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function GateText({ gate }: { gate: Gate }) {
  switch (gate.kind) {
    case 'data':
      return <Data resource={gate.resource} />;
    case 'permissions':
      return <Permissions gate={gate} />;
    default:
      return <Files gate={gate} />;
  }
}

function Permissions(props: { gate: Extract<Gate, { kind: 'permissions' }> }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { logicalId, texts } = props.gate;
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

function Files(props: { gate: Extract<Gate, { kind: 'files' }> }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { destination, deleted } = props.gate;
  return (
    <div>
      <strong>{t('deploy.manyDeleted', { count: deleted.length })}</strong>
      <p>{t('deploy.manyDeletedWhy', { place: destination })}</p>
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

/** Describes what happens to the existing resource. */
export function toFormer(
  { former }: Pick<PreviewedResource, 'former'>,
  t: Translate,
): string {
  if (former === 'kept') return t('deploy.formerKept');
  if (former === 'unknown') return t('deploy.formerUnknown');
  return former === 'kept as a snapshot'
    ? t('deploy.formerSnapshot')
    : t('deploy.formerDeleted');
}
