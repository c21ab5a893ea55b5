import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import type { DeploymentPreview } from '@data-lake/plugin-data-lake-common';
import { RiRefreshLine } from '@remixicon/react';
import { formatClock, formatUtc } from '../../format';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Notice } from '../card/Notice';
import { ChangeSummary } from './ChangeSummary';
import { CostCard } from './CostCard';
import { countChanges } from './countChanges';
import { BackButton } from './DeployButtons';
import { DeployCard } from './DeployCard';
import styles from './DeployView.module.css';
import { GatesCard } from './GatesCard';
import { listGates } from './listGates';
import { SafeguardsCard } from './SafeguardsCard';
import { StackChanges } from './StackChanges';
import { UploadChanges } from './UploadChanges';

/** A preview with its changes and its gates, or the notice that nothing changes. */
export function DeploymentPreviewPage(props: {
  preview: DeploymentPreview;
  entityRef: string;
  /** When the preview was made, in milliseconds. */
  at: number;
  onReload(): void;
  onBack(): void;
}) {
  const { preview } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <>
      <PreviewHeader {...props} />
      {countChanges(preview).all === 0 ? (
        <Notice title={t('deploy.nothingTitle')} look={healthLook.healthy}>
          {t('deploy.nothing')}
        </Notice>
      ) : (
        <PreviewChanges preview={preview} entityRef={props.entityRef} />
      )}
    </>
  );
}

function PreviewHeader(props: {
  preview: DeploymentPreview;
  at: number;
  onReload(): void;
  onBack(): void;
}) {
  const { preview, at } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
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
      <span
        className={styles.made}
        title={formatUtc(new Date(at).toISOString())}
      >
        {t('deploy.made', { time: formatClock(at) })}
      </span>
      <span className={styles.buttons}>
        <BackButton onPress={props.onBack} />
        <Button
          variant="secondary"
          iconStart={<RiRefreshLine size={16} />}
          onPress={() => props.onReload()}
        >
          {t('deploy.reload')}
        </Button>
      </span>
    </header>
  );
}

function PreviewChanges(props: {
  preview: DeploymentPreview;
  entityRef: string;
}) {
  const { preview } = props;
  const gates = listGates(preview);
  return (
    <>
      <ChangeSummary preview={preview} />
      <div className={styles.columns}>
        <div className={styles.column}>
          {gates.length > 0 && <GatesCard gates={gates} />}
          {preview.stacks.map(stack => (
            <StackChanges key={stack.name} stack={stack} />
          ))}
          <UploadChanges uploads={preview.uploads} />
        </div>
        <div className={styles.column}>
          <DeployCard
            preview={preview}
            gates={gates}
            entityRef={props.entityRef}
          />
          <CostCard stacks={preview.stacks} />
          <SafeguardsCard stacks={preview.stacks} />
        </div>
      </div>
    </>
  );
}
