import { stringifyEntityRef } from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Pipeline } from '@data-lake/plugin-data-lake-common';
import clsx from 'clsx';
import { toMessage } from '../format';
import tokens from '../tokens.module.css';
import { dataLakeTranslationRef } from '../translation';
import { ErrorNotice, Note, Notice } from './card/Notice';
import { PipelineSkeleton } from './card/PipelineSkeleton';
import { EnvironmentPage } from './environment/EnvironmentPage';
import { EnvironmentSwitch } from './environment/EnvironmentSwitch';
import { useAwaitedRun } from './hooks/useAwaitedRun';
import { usePipeline } from './hooks/usePipeline';
import { useSelection } from './hooks/useSelection';
import type { Selection } from './hooks/useSelection';
import styles from './PipelineTab.module.css';

/** The Pipeline tab of the entity in context. */
export function PipelineTab() {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [selection, select] = useSelection();
  const { awaited, awaitRun } = useAwaitedRun(selection.run);
  const entityRef = stringifyEntityRef(useEntity().entity);
  const { pipeline, error, reload } = usePipeline(entityRef, { awaited });
  return (
    <div className={clsx(tokens.tokens, styles.tab)} data-testid="pipeline">
      {!pipeline && error && <ErrorNotice error={error} onRetry={reload} />}
      {!pipeline && !error && <PipelineSkeleton />}
      {pipeline && error && (
        <Note>{t('notice.notRefreshed', { message: toMessage(error) })}</Note>
      )}
      {pipeline && (
        <Environments
          pipeline={pipeline}
          selection={selection}
          awaited={awaited}
          onSelect={select}
          onStarted={runId => {
            awaitRun(runId);
            select({ environment: selection.environment, run: runId });
            reload();
          }}
          onReload={reload}
        />
      )}
    </div>
  );
}

function Environments(props: {
  pipeline: Pipeline;
  selection: Selection;
  awaited?: string;
  onSelect(selection: Selection): void;
  onStarted(runId: string): void;
  onReload(): void;
}) {
  const { selection, onSelect } = props;
  const { environments } = props.pipeline;
  const name = selection.environment ?? environments[0]?.name;
  const environment = environments.find(e => e.name === name);
  return (
    <>
      {environments.length > 1 && (
        <EnvironmentSwitch
          environments={environments}
          selected={name}
          onSelect={chosen => onSelect({ environment: chosen })}
        />
      )}
      {environment ? (
        <EnvironmentPage
          key={environment.name}
          environment={environment}
          selection={selection}
          awaited={props.awaited}
          onSelect={chosen =>
            onSelect({ environment: selection.environment, ...chosen })
          }
          onStarted={props.onStarted}
          onReload={props.onReload}
        />
      ) : (
        <MissingEnvironment {...props.pipeline} name={name} />
      )}
    </>
  );
}

function MissingEnvironment(
  props: Pick<Pipeline, 'environments'> & { name?: string },
) {
  const { environments, name } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const names = environments.map(e => e.name).join(', ');
  return (
    <>
      {environments.length === 0 && (
        <Notice title={t('notice.noEnvironmentTitle')}>
          {t('notice.noEnvironment')}
        </Notice>
      )}
      {name && (
        <Notice title={t('notice.unknownEnvironmentTitle', { name })}>
          {t('notice.unknownEnvironment', { names })}
        </Notice>
      )}
    </>
  );
}
