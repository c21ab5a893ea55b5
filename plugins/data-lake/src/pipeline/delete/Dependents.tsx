import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { catalogApiRef, EntityRefLinks } from '@backstage/plugin-catalog-react';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Note } from '../card/Notice';
import { useRequest } from '../hooks/useRequest';
import styles from './Dependents.module.css';
import { listDependents } from './listDependents';

/** The entities that depend on the environment, according to the catalog. */
export function Dependents(props: {
  entityRef: string;
  /** `<project>-<environment>` */
  environment: string;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const catalog = useApi(catalogApiRef);
  const { value, error } = useRequest(props.environment, () =>
    listDependents(catalog, props),
  );
  if (error) {
    return (
      <Note look={healthLook.unknown}>
        {t('delete.dependentsUnknown', { message: error.message })}
      </Note>
    );
  }
  if (!value || value.length === 0) return null;
  return (
    <Note tone="failed" look={healthLook.failed}>
      <strong>{t('delete.dependents', { count: value.length })}</strong>{' '}
      <span className={styles.links}>
        <EntityRefLinks entityRefs={value} />
      </span>
    </Note>
  );
}
