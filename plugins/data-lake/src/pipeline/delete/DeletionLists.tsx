import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type {
  DeletionPreview,
  EnvironmentStatus,
  NamedResource,
  ResourceRef,
} from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import { countTypes } from './countTypes';
import styles from './DeletionLists.module.css';

/** Two lists side by side: what will be deleted, and what will stay. */
export function DeletionLists(props: {
  preview: DeletionPreview;
  environment: EnvironmentStatus;
}) {
  const { stacks, dags, beside } = props.preview;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const mwaa = props.environment.resources.find(
    r => r.type === 'AWS::MWAA::Environment',
  );
  const goes = stacks.flatMap(stack => stack.goes);
  const stays = stacks.flatMap(stack => stack.stays);
  const { types, others } = countTypes(goes, 8);
  const mwaaStays = mwaa && !goes.some(r => r.physicalId === mwaa.name);
  return (
    <div className={styles.both}>
      <section aria-label={t('delete.goes')}>
        <h3>
          {t('delete.goes')} <span>{t('delete.cannotBeUndone')}</span>
        </h3>
        <ul>
          {stacks.map(({ name, status, goes: held }) =>
            status === 'NOT_THERE' ? (
              <Line key={name} text={t('delete.stackGone', { name })} />
            ) : (
              <Line
                key={name}
                text={t('delete.stack', { name })}
                number={held.length}
              />
            ),
          )}
          {types.map(({ type, number }) => (
            <Line key={type} text={type} number={number} within />
          ))}
          {others > 0 && <Line text="…" number={others} within />}
          {dags && (
            <Line text={t('delete.dagFiles')} number={dags.files.length} />
          )}
          {[...goes.filter(isMeaningful), ...beside.goes.map(toRef)].map(
            toMeaningLine,
          )}
        </ul>
      </section>
      <section aria-label={t('delete.stays')}>
        <h3>
          {t('delete.stays')} <span>{t('delete.byHand')}</span>
        </h3>
        <ul>
          {[...stays, ...beside.stays.map(toRef)].map(toMeaningLine)}
          {mwaaStays && <Line text={mwaa.name} note={t('delete.mwaa')} />}
          <Line text={t('delete.repository')} />
          <Line text={t('delete.entity')} />
        </ul>
      </section>
    </div>
  );
}

const isMeaningful = ({ meaning }: ResourceRef) => meaning !== undefined;

const toRef = ({ name, ...others }: NamedResource): ResourceRef => ({
  ...others,
  logicalId: name,
});

/** A name alone, such as a key's, says nothing to a person. */
const toMeaningLine = (resource: ResourceRef) => {
  const { logicalId, physicalId, type, meaning } = resource;
  const name = physicalId ?? logicalId;
  return (
    <Line
      key={`${type} ${name}`}
      text={meaning ? `${name}: ${meaning}` : name}
      note={toShort(type)}
    />
  );
};

const toShort = (type: string) => type.replace(/^AWS::/, '').replace('::', ' ');

function Line(props: {
  text: string;
  number?: number;
  note?: string;
  within?: boolean;
}) {
  return (
    <li className={props.within ? styles.within : undefined}>
      <span>{props.text}</span>
      <small>{props.number ?? props.note}</small>
    </li>
  );
}
