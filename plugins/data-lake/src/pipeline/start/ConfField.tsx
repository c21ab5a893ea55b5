import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { TextAreaField } from '@backstage/ui';
import { useId } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import type { Conf } from './parseConf';
import styles from './RunDialog.module.css';

/** The field for the configuration of a run, with its error. */
export function ConfField(props: {
  text: string;
  conf: Conf;
  onChange(text: string): void;
}) {
  const { conf } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const errorId = useId();
  return (
    <>
      <TextAreaField
        label={t('startRun.conf')}
        description={t('startRun.confHint')}
        rows={4}
        value={props.text}
        onChange={props.onChange}
        isInvalid={!conf.ok}
        aria-describedby={errorId}
      />
      <p id={errorId} role="alert" className={styles.error}>
        {conf.ok ? undefined : toErrorText(conf.message, t)}
      </p>
    </>
  );
}

function toErrorText(message: string | undefined, t: Translate): string {
  return message === undefined
    ? t('startRun.confNotObject')
    : t('startRun.confNotJson', { message });
}
