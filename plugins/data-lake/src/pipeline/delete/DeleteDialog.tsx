import { useApi, useTranslationRef } from '@backstage/frontend-plugin-api';
import {
  Button,
  Checkbox,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  TextField,
} from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import type {
  DeletionPreview,
  EnvironmentStatus,
} from '@data-lake/plugin-data-lake-common';
import { RiDeleteBinLine } from '@remixicon/react';
import clsx from 'clsx';
import { useId, useState } from 'react';
import { dataLakeApiRef } from '../../api';
import { toMessage } from '../../format';
import { healthLook } from '../../state';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import { goesOn } from '../convert/goesOn';
import { Note, RetryButton } from '../card/Notice';
import { useAnswer } from '../hooks/useRequest';
import { useStartTask } from '../hooks/useStartTask';
import { Dependents } from './Dependents';
import { GoesAndStays } from './DeletionLists';
import styles from './DeleteDialog.module.css';

/** Says what goes and what stays, and asks for the name; the task that it starts is where one goes next. */
export function TearDownDialog(props: {
  environment: EnvironmentStatus;
  entityRef: string;
  onClose(): void;
}) {
  const { environment } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { allowed, reason } = environment.actions.delete;
  return (
    <Dialog
      isOpen
      width={680}
      className={tokens.tokens}
      onOpenChange={open => !open && props.onClose()}
    >
      <DialogHeader>
        {t('tearDown.title', { name: environment.name })}
      </DialogHeader>
      {allowed ? (
        <Asked {...props} />
      ) : (
        <Told onClose={props.onClose}>
          <Note look={healthLook.denied}>
            <strong>{t('tearDown.deniedTitle')}.</strong> {reason}
          </Note>
        </Told>
      )}
    </Dialog>
  );
}

/** There is nothing to decide. */
function Told(props: { children: React.ReactNode; onClose(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>{props.children}</div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => props.onClose()}>
          {t('tearDown.close')}
        </Button>
      </DialogFooter>
    </>
  );
}

function Asked(props: {
  environment: EnvironmentStatus;
  entityRef: string;
  onClose(): void;
}) {
  const { environment, entityRef, onClose } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const api = useApi(dataLakeApiRef);
  const { value, error, again } = useAnswer(
    `${entityRef} ${environment.name}`,
    () => api.previewDeletion({ entityRef, environment: environment.name }),
  );
  if (error) {
    return (
      <Told onClose={onClose}>
        <div role="alert">
          <Note
            tone="failed"
            look={healthLook.failed}
            action={<RetryButton onPress={again} />}
          >
            <strong>{t('tearDown.errorTitle')}.</strong> {toMessage(error)}
          </Note>
        </div>
      </Told>
    );
  }
  if (!value) {
    return (
      <Told onClose={onClose}>
        <p role="status">{t('tearDown.loading')}</p>
        <Skeleton width="100%" height={160} />
      </Told>
    );
  }
  const isThere =
    value.stacks.some(({ status }) => status !== 'NOT_THERE') ||
    (value.dags?.files.length ?? 0) > 0;
  if (!isThere) {
    return (
      <Told onClose={onClose}>
        <Note look={healthLook.gone}>{t('tearDown.nothing')}</Note>
      </Told>
    );
  }
  return <Form {...props} preview={value} />;
}

function Form(props: {
  preview: DeletionPreview;
  environment: EnvironmentStatus;
  entityRef: string;
  onClose(): void;
}) {
  const { preview, environment, entityRef } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const api = useApi(dataLakeApiRef);
  const [name, setName] = useState('');
  const [emptyBuckets, setEmptyBuckets] = useState(false);
  const [removeData, setRemoveData] = useState(false);
  const { start, starting, error } = useStartTask();
  const whyId = useId();
  // what stays changes with the data; until that is told, the lists are those of before
  const withData = useAnswer(`${removeData}`, async () =>
    removeData
      ? api.previewDeletion(
          { entityRef, environment: environment.name },
          { removeData },
        )
      : preview,
  );
  const shown = withData.value ?? preview;
  const full = removeData
    ? []
    : preview.stacks.flatMap(({ fullBuckets }) => fullBuckets);
  const why = findReason();

  function findReason(): string | undefined {
    if (withData.error) return t('tearDown.dataStays');
    if (!withData.value) return t('tearDown.loading');
    if (full.length > 0 && !emptyBuckets) return t('tearDown.tickFirst');
    return name === preview.confirm ? undefined : t('tearDown.notYet');
  }

  const submit = () =>
    start({
      templateRef: templateRefs.delete,
      values: {
        entityRef,
        environment: environment.name,
        confirm: name,
        emptyBuckets,
        removeData,
      },
    });

  return (
    <>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>
          {environment.runs.some(goesOn) && (
            <Note tone="running" look={healthLook.running}>
              {t('tearDown.running')}
            </Note>
          )}
          <Dependents entityRef={entityRef} environment={preview.confirm} />
          <GoesAndStays preview={shown} environment={environment} />
          <p>
            {t('tearDown.order', {
              stacks: preview.stacks
                .filter(({ status }) => status !== 'NOT_THERE')
                .map(stack => stack.name)
                .join(', '),
            })}
          </p>
          {full.length > 0 && (
            <>
              <Checkbox isSelected={emptyBuckets} onChange={setEmptyBuckets}>
                {t('tearDown.emptyBuckets', { buckets: full.join(', ') })}
              </Checkbox>
              <p>{t('tearDown.fullBuckets')}</p>
            </>
          )}
          {preview.stacks.some(({ stays }) => stays.length > 0) && (
            <>
              <Checkbox isSelected={removeData} onChange={setRemoveData}>
                {t('tearDown.removeData')}
              </Checkbox>
              <p>{t('tearDown.removeDataNote')}</p>
            </>
          )}
          {withData.error && (
            <div role="alert">
              <Note tone="failed" look={healthLook.failed}>
                <strong>{t('tearDown.dataStays')}.</strong>{' '}
                {toMessage(withData.error)}
              </Note>
            </div>
          )}
          <TextField
            label={t('tearDown.confirm', { name: preview.confirm })}
            value={name}
            onChange={setName}
            autoComplete="off"
            spellCheck="false"
          />
          {error && (
            <div role="alert">
              <Note tone="failed" look={healthLook.failed}>
                <strong>{t('tearDown.failed')}</strong> {toMessage(error)}
              </Note>
            </div>
          )}
        </div>
      </DialogBody>
      <DialogFooter>
        <span id={whyId} className={clsx(tokens.tokens, styles.why)}>
          {why}
        </span>
        <Button variant="secondary" onPress={() => props.onClose()}>
          {t('tearDown.cancel')}
        </Button>
        <Button
          destructive
          iconStart={<RiDeleteBinLine size={16} />}
          isDisabled={why !== undefined}
          isPending={starting}
          aria-describedby={whyId}
          onPress={submit}
        >
          {t('tearDown.submit')}
        </Button>
      </DialogFooter>
    </>
  );
}
