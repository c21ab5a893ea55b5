import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { JsonObject } from '@backstage/types';
import { Button } from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import { RiArrowLeftLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { toTemplatePath } from '../../scaffolderPaths';
import { dataLakeTranslationRef } from '../../translation';

/** The way back to the pipeline. */
export function BackButton(props: { onPress(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Button
      variant="secondary"
      iconStart={<RiArrowLeftLine size={16} />}
      onPress={() => props.onPress()}
    >
      {t('deploy.back')}
    </Button>
  );
}

/** The form of the template, for a deployment without a preview, such as after a failed rollback. */
export function FormButton(props: { values: JsonObject }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const navigate = useNavigate();
  return (
    <Button
      variant="secondary"
      onPress={() =>
        navigate(toTemplatePath(templateRefs.deploy, props.values))
      }
    >
      {t('deploy.form')}
    </Button>
  );
}
