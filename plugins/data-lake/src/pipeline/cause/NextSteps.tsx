import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button } from '@backstage/ui';
import { RiExternalLinkLine, RiPlayLine } from '@remixicon/react';
import { dataLakeTranslationRef } from '../../translation';
import styles from './CauseCard.module.css';
import type { Cause } from './findCause';

/** The list of what to do about a failure. */
export function NextSteps(props: {
  cause: Cause;
  service: string;
  consoleUrl?: string;
  onShow(selection: { run: string; step: string }): void;
  onRun?: () => void;
}) {
  const { onRun } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <div className={styles.todo}>
      <h3>{t('cause.todo')}</h3>
      <ol>
        <li>
          <ReadError {...props} />
        </li>
        {onRun && (
          <li>
            <strong>{t('cause.todoRun')}</strong>
            <span>{t('cause.todoRunWhy')}</span>
            <div className={styles.actions}>
              <Button
                variant="secondary"
                iconStart={<RiPlayLine size={16} />}
                onPress={() => onRun()}
              >
                {t('header.run')}
              </Button>
            </div>
          </li>
        )}
      </ol>
    </div>
  );
}

function ReadError(props: {
  cause: Cause;
  service: string;
  consoleUrl?: string;
  onShow(selection: { run: string; step: string }): void;
}) {
  const { cause, service, consoleUrl, onShow } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <>
      <strong>
        {consoleUrl ? t('cause.todoRead', { service }) : t('cause.todoStep')}
      </strong>
      {consoleUrl && <span>{t('cause.todoReadWhy')}</span>}
      <div className={styles.actions}>
        {consoleUrl && (
          <a href={consoleUrl} target="_blank" rel="noopener noreferrer">
            {t('cause.console', { service })}{' '}
            <RiExternalLinkLine size={14} aria-hidden />
          </a>
        )}
        {cause.by === 'step' && (
          <Button
            variant="secondary"
            onPress={() => onShow({ run: cause.run.id, step: cause.step.id })}
          >
            {t('cause.showStep')}
          </Button>
        )}
      </div>
    </>
  );
}
