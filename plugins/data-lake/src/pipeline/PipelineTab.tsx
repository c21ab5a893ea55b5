import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import clsx from 'clsx';
import { useState } from 'react';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { EnvironmentPage } from './environment/EnvironmentPage';
import { EnvironmentSwitch } from './environment/EnvironmentSwitch';
import { ErrorNotice, Note, Notice } from './card/Notice';
import { isNewRunId } from './convert/isNewRunId';
import styles from './PipelineTab.module.css';
import { PipelineSkeleton } from './card/PipelineSkeleton';
import { usePipeline } from './hooks/usePipeline';
import { useSelection } from './hooks/useSelection';

/** The Pipeline tab of the entity in context. */
export function PipelineTab() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [selection, select] = useSelection();
  const [started, setStarted] = useState<string>();
  const isAwaited =
    selection.run !== undefined &&
    (selection.run === started || isNewRunId(selection.run, Date.now()));
  const awaited = isAwaited ? selection.run : undefined;
  const entityRef = stringifyEntityRef(entity);
  const { pipeline, error, reload } = usePipeline(entityRef, { awaited });

  const environments = pipeline?.environments ?? [];
  const name = selection.environment ?? environments[0]?.name;
  const environment = environments.find(e => e.name === name);
  const names = environments.map(e => e.name).join(', ');

  return (
    <div className={clsx(tokens.tokens, styles.tab)} data-testid="pipeline">
      {!pipeline && error && <ErrorNotice error={error} onRetry={reload} />}
      {!pipeline && !error && <PipelineSkeleton />}
      {pipeline && error && (
        <Note>{t('notice.notRefreshed', { message: toMessage(error) })}</Note>
      )}
      {environments.length > 1 && (
        <EnvironmentSwitch
          environments={environments}
          selected={name}
          onSelect={chosen => select({ environment: chosen })}
        />
      )}
      {pipeline && environments.length === 0 && (
        <Notice title={t('notice.noEnvironmentTitle')}>
          {t('notice.noEnvironment')}
        </Notice>
      )}
      {pipeline && name && !environment && (
        <Notice title={t('notice.unknownEnvironmentTitle', { name })}>
          {t('notice.unknownEnvironment', { names })}
        </Notice>
      )}
      {environment && (
        <EnvironmentPage
          key={environment.name}
          environment={environment}
          selection={selection}
          awaited={awaited}
          onSelect={chosen =>
            select({ environment: selection.environment, ...chosen })
          }
          onStarted={runId => {
            setStarted(runId);
            select({ environment: selection.environment, run: runId });
            reload();
          }}
          onReload={reload}
        />
      )}
    </div>
  );
}
