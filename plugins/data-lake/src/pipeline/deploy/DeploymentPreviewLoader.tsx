import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { environmentKey } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { dataLakeApiRef } from '../../api';
import { toMessage } from '../../format';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Notice, RetryButton } from '../card/Notice';
import { PipelineSkeleton } from '../card/PipelineSkeleton';
import { useRequest } from '../hooks/useRequest';
import { BackButton, FormButton } from './DeployButtons';
import { DeploymentPreviewPage } from './DeploymentPreviewPage';
import styles from './DeployView.module.css';

/** Requests the preview of a deployment, then shows it. */
export function DeploymentPreviewLoader(props: {
  environment: EnvironmentStatus;
  onBack(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { entity } = useEntity();
  const api = useApi(dataLakeApiRef);
  const entityRef = stringifyEntityRef(entity);
  const { name } = props.environment;
  const { value, at, error, reload } = useRequest(
    environmentKey({ entityRef, name }),
    () => api.previewDeployment({ entityRef, name }),
  );
  if (error) {
    return (
      <Notice
        role="alert"
        title={t('deploy.errorTitle')}
        look={healthLook.failed}
        action={
          <>
            <RetryButton onPress={reload} />
            <FormButton values={{ entityRef, environment: name }} />
            <BackButton onPress={props.onBack} />
          </>
        }
      >
        {toMessage(error)}
      </Notice>
    );
  }
  if (!value || at === undefined) {
    return (
      <>
        <p role="status" className={styles.loading}>
          {t('deploy.loading')}
        </p>
        <PipelineSkeleton />
      </>
    );
  }
  return (
    <DeploymentPreviewPage
      key={at}
      preview={value}
      entityRef={entityRef}
      at={at}
      onReload={reload}
      onBack={props.onBack}
    />
  );
}
