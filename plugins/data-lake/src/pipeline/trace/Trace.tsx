import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { Run } from '@data-lake/plugin-data-lake-common';
import { RiLinksLine } from '@remixicon/react';
import { useState } from 'react';
import { formatTime } from '../../format';
import { runLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextButton, TextLink } from '../card/Card';
import { findFirstFailure } from '../cause/findCause';
import { toStepName } from '../convert/toStepName';
import { layoutTrace } from './layoutTrace';
import styles from './Trace.module.css';
import { TraceLine } from './TraceLine';
import { TraceSummary } from './TraceSummary';
import { useTraceKeys } from './useTraceKeys';

/** One run over all services as a tree in time; what failed first is marked. */
export function Trace(props: {
  run: Run;
  now: number;
  selectedStep?: string;
  onSelectStep(id?: string): void;
}) {
  const { run, now, selectedStep, onSelectStep } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [copied, setCopied] = useState(false);
  const layout = layoutTrace({ run, now, folded });
  const failure = run.state === 'failed' ? findFirstFailure(run) : undefined;
  const fold = (id: string, closed: boolean) => {
    const next = new Set(folded);
    if (closed) next.add(id);
    else next.delete(id);
    setFolded(next);
  };
  const keys = useTraceKeys({
    rows: layout.rows,
    folded,
    selected: selectedStep,
    onFold: fold,
    onSelect: onSelectStep,
  });
  const copy = async () => {
    const url = new URL(window.location.href);
    url.searchParams.set('run', run.id);
    await navigator.clipboard.writeText(url.toString());
    setCopied(true);
  };

  return (
    <Card
      title={
        run.startedAt
          ? t('trace.title', { time: formatTime(run.startedAt) })
          : t('trace.titleUnstarted')
      }
      mark={
        <StateMark look={runLook[run.state]} label={t(`state.${run.state}`)} />
      }
      aside={
        <>
          {t('trace.joined')} <code>{run.id}</code>
        </>
      }
      actions={
        <>
          {/* Browsers give the clipboard to secure pages only. */}
          {window.isSecureContext && (
            <TextButton onPress={copy}>
              <RiLinksLine size={14} aria-hidden />
              {copied ? t('trace.copied') : t('trace.copyLink')}
            </TextButton>
          )}
          {run.consoleUrl && (
            <TextLink href={run.consoleUrl}>{t('trace.airflow')}</TextLink>
          )}
        </>
      }
    >
      {run.steps.length === 0 && <p>{t('trace.noSteps')}</p>}
      {run.steps.length > 0 && (
        // The tab stop is the row in focus, as the treegrid pattern has it.
        // eslint-disable-next-line jsx-a11y/interactive-supports-focus
        <div
          className={styles.trace}
          role="treegrid"
          aria-label={t('trace.label')}
          onKeyDown={keys.onKeyDown}
        >
          <div role="row" className={styles.axis}>
            <span role="columnheader">{t('trace.step')}</span>
            <span role="columnheader" className={styles.times}>
              {layout.ticks.map(({ left, text }) => (
                <span key={left} style={{ left: `${left * 100}%` }}>
                  {text}
                </span>
              ))}
            </span>
            <span role="columnheader" className={styles.took}>
              {t('trace.took')}
            </span>
          </div>
          {layout.rows.map(row => (
            <TraceLine
              key={row.step.id}
              row={row}
              name={toStepName(row.step, run)}
              ticks={layout.ticks}
              now={layout.now}
              folded={folded.has(row.step.id)}
              selected={row.step.id === selectedStep}
              cause={row.step.id === failure?.id}
              focusable={row.step.id === keys.focusId}
              onFocus={() => keys.setFocusId(row.step.id)}
              onFold={closed => fold(row.step.id, closed)}
              onSelect={() => onSelectStep(row.step.id)}
            />
          ))}
        </div>
      )}
      <TraceSummary run={run} now={now} />
    </Card>
  );
}
