import { useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
} from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiPlayLine } from '@remixicon/react';
import clsx from 'clsx';
import { useState } from 'react';
import { formatAccount } from '../../format';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import { ErrorAlert } from '../card/ErrorAlert';
import { ConfField } from './ConfField';
import { parseConf } from './parseConf';
import styles from './RunDialog.module.css';
import { useStartRun } from './useStartRun';

/** The dialog that confirms a run before it starts, and takes its configuration. */
export function RunDialog(props: {
  environment: EnvironmentStatus;
  entityRef: string;
  dagId: string;
  onClose(): void;
  onStarted(runId: string): void;
}) {
  const { environment, entityRef, onStarted } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [text, setText] = useState('');
  const conf = parseConf(text);
  const { runId, start, starting, error } = useStartRun({
    entityRef,
    environment: environment.name,
    onStarted,
  });
  return (
    <Dialog
      isOpen
      width={600}
      className={tokens.tokens}
      onOpenChange={open => !open && props.onClose()}
    >
      <DialogHeader>{t('startRun.title', { dag: props.dagId })}</DialogHeader>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>
          <Description environment={environment} />
          <ConfField text={text} conf={conf} onChange={setText} />
          <p className={styles.id}>
            {t('startRun.runId')} <code>{runId}</code>
          </p>
          {error && (
            <ErrorAlert title={t('startRun.failed')} error={error}>
              <br />
              {t('startRun.retryHint')}
            </ErrorAlert>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => props.onClose()}>
          {t('startRun.cancel')}
        </Button>
        <Button
          iconStart={<RiPlayLine size={16} />}
          isDisabled={!conf.ok}
          isPending={starting}
          onPress={() => conf.ok && start(conf.value)}
        >
          {t('startRun.submit')}
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

function Description(props: { environment: EnvironmentStatus }) {
  const { name, account, accountName, region } = props.environment;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <p className={styles.description}>
      {t('startRun.description', {
        environment: name,
        account: accountName ?? formatAccount(account),
        region,
      })}
    </p>
  );
}
