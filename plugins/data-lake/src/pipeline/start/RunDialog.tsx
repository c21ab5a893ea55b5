import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  TextAreaField,
} from '@backstage/ui';
import { toRunId } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import clsx from 'clsx';
import { useId, useRef, useState } from 'react';
import { dataLakeApiRef } from '../../api';
import { formatAccount, toMessage } from '../../format';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Note } from '../card/Notice';
import { parseConf } from './parseConf';
import styles from './RunDialog.module.css';

/**
 * Asks before a run is started. The run id is made once per dialog, so that a double click or a
 * second try after a lost answer starts nothing twice.
 */
export function RunDialog(props: {
  environment: EnvironmentStatus;
  entityRef: string;
  dagId: string;
  onClose(): void;
  onStarted(runId: string): void;
}) {
  const { environment, dagId } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const api = useApi(dataLakeApiRef);
  const [runId] = useState(() => toRunId(new Date(), randomHex()));
  const [text, setText] = useState('');
  const [starting, setStarting] = useState(false);
  const [error, setError] = useState<Error>();
  const busy = useRef(false);
  const faultId = useId();
  const conf = parseConf(text);

  const submit = async () => {
    if (busy.current || !conf.ok) return;
    busy.current = true;
    setStarting(true);
    setError(undefined);
    const { entityRef } = props;
    try {
      const place = { entityRef, environment: environment.name };
      const id = await api.startRun(place, { runId, conf: conf.value });
      props.onStarted(id);
    } catch (e) {
      setError(e as Error);
    } finally {
      busy.current = false;
      setStarting(false);
    }
  };

  const { accountName, account, region } = environment;
  const fault = conf.ok ? undefined : sayFault(conf, t);
  return (
    <Dialog
      isOpen
      width={600}
      className={tokens.tokens}
      onOpenChange={open => !open && props.onClose()}
    >
      <DialogHeader>{t('run.title', { dag: dagId })}</DialogHeader>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>
          <p className={styles.what}>
            {t('run.what', {
              environment: environment.name,
              account: accountName ?? formatAccount(account),
              region,
            })}
          </p>
          <TextAreaField
            label={t('run.conf')}
            description={t('run.confHint')}
            rows={4}
            value={text}
            onChange={setText}
            isInvalid={!conf.ok}
            aria-describedby={faultId}
          />
          <p id={faultId} role="alert" className={styles.fault}>
            {fault}
          </p>
          <p className={styles.id}>
            {t('run.runId')} <code>{runId}</code>
          </p>
          {error && (
            <div role="alert">
              <Note tone="failed" look={{ shape: 'failed', tone: 'failed' }}>
                <strong>{t('run.failed')}</strong> {toMessage(error)}
                <br />
                {t('run.retryHint')}
              </Note>
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => props.onClose()}>
          {t('run.cancel')}
        </Button>
        <Button
          iconStart={<RiPlayLine size={16} />}
          isDisabled={!conf.ok}
          isPending={starting}
          onPress={submit}
        >
          {t('run.submit')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function sayFault(conf: { ok: false; message?: string }, t: Translate): string {
  return conf.message === undefined
    ? t('run.confNotObject')
    : t('run.confNotJson', { message: conf.message });
}

function randomHex(): string {
  const [n] = crypto.getRandomValues(new Uint16Array(1));
  return n.toString(16).padStart(4, '0');
}
