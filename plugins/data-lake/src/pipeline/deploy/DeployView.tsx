import { stringifyEntityRef } from '@backstage/catalog-model';
import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { JsonObject } from '@backstage/types';
import { Button } from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import type {
  DeploymentPreview,
  EnvironmentStatus,
} from '@data-lake/plugin-data-lake-common';
import { RiArrowLeftLine, RiRefreshLine } from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { dataLakeApiRef } from '../../api';
import { formatClock, formatUtc, toMessage } from '../../format';
import { toTemplatePath } from '../../scaffolderPaths';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Notice, RetryButton } from '../card/Notice';
import { PipelineSkeleton } from '../card/PipelineSkeleton';
import { useAnswer } from '../hooks/useRequest';
import { ApplyCard } from './DeployCard';
import { Changes } from './StackChanges';
import { CostCard } from './CostCard';
import { count } from './countChanges';
import { DangerCard } from './GatesCard';
import styles from './DeployView.module.css';
import { findDangers } from './listGates';
import { GuardsCard } from './SafeguardsCard';
import { Summary } from './ChangeSummary';
import { Uploads } from './UploadChanges';

/** What deploying the main branch would change, and the button that does exactly that. */
export function DeployView(props: {
  environment: EnvironmentStatus;
  onBack(): void;
}) {
  const { environment } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { allowed, reason } = environment.actions.deploy;
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
  return <Preview {...props} />;
}

function Preview(props: { environment: EnvironmentStatus; onBack(): void }) {
  const { environment } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { entity } = useEntity();
  const api = useApi(dataLakeApiRef);
  const entityRef = stringifyEntityRef(entity);
  const place = { entityRef, environment: environment.name };
  const { value, at, error, again } = useAnswer(
    `${entityRef} ${environment.name}`,
    () => api.previewDeployment(place),
  );
  if (error) {
    return (
      <Notice
        role="alert"
        title={t('deploy.errorTitle')}
        look={healthLook.failed}
        action={
          <>
            <RetryButton onPress={again} />
            <FormButton values={place} />
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
    <Shown
      key={at}
      preview={value}
      entityRef={entityRef}
      at={at}
      onAgain={again}
      onBack={props.onBack}
    />
  );
}

function Shown(props: {
  preview: DeploymentPreview;
  entityRef: string;
  at: number;
  onAgain(): void;
  onBack(): void;
}) {
  const { preview, at } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const dangers = findDangers(preview);
  const nothing = count(preview).all === 0;
  return (
    <>
      <header className={styles.head}>
        <h2>{t('deploy.title', { name: preview.environment })}</h2>
        <span className={styles.meta}>
          {preview.commit
            ? `${t('deploy.main')} · ${t('deploy.commit')} `
            : t('deploy.main')}
          {preview.commit && (
            <code title={preview.commit}>{preview.commit.slice(0, 7)}</code>
          )}
        </span>
        <span className={styles.made} title={formatUtc(toIso(at))}>
          {t('deploy.made', { time: formatClock(at) })}
        </span>
        <span className={styles.buttons}>
          <BackButton onPress={props.onBack} />
          <Button
            variant="secondary"
            iconStart={<RiRefreshLine size={16} />}
            onPress={() => props.onAgain()}
          >
            {t('deploy.again')}
          </Button>
        </span>
      </header>
      {nothing ? (
        <Notice title={t('deploy.nothingTitle')} look={healthLook.healthy}>
          {t('deploy.nothing')}
        </Notice>
      ) : (
        <>
          <Summary preview={preview} />
          <div className={styles.columns}>
            <div className={styles.column}>
              {dangers.length > 0 && <DangerCard dangers={dangers} />}
              {preview.stacks.map(stack => (
                <Changes key={stack.name} stack={stack} />
              ))}
              <Uploads uploads={preview.uploads} />
            </div>
            <div className={styles.column}>
              <ApplyCard
                preview={preview}
                dangers={dangers}
                entityRef={props.entityRef}
              />
              <CostCard stacks={preview.stacks} />
              <GuardsCard stacks={preview.stacks} />
            </div>
          </div>
        </>
      )}
    </>
  );
}

const toIso = (time: number) => new Date(time).toISOString();

/** What cannot be previewed, such as the end of a rollback that is stuck, is asked for by the form. */
function FormButton(props: { values: JsonObject }) {
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

function BackButton(props: { onPress(): void }) {
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
