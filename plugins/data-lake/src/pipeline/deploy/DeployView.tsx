import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Notice } from '../card/Notice';
import { BackButton } from './DeployButtons';
import { DeploymentPreviewLoader } from './DeploymentPreviewLoader';

/** The preview of a deployment of the main branch, and the button that deploys exactly that. */
export function DeployView(props: {
  environment: EnvironmentStatus;
  onBack(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { allowed, reason } = props.environment.actions.deploy;
  if (!allowed) {
    return (
      <Notice
        title={t('deploy.deniedTitle')}
        look={healthLook.denied}
        action={<BackButton onPress={props.onBack} />}
      >
        {reason}
      </Notice>
    );
  }
  return <DeploymentPreviewLoader {...props} />;
}
