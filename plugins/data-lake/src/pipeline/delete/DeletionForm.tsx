import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogBody, DialogFooter, TextField } from '@backstage/ui';
import { isActive } from '@data-lake/plugin-data-lake-common';
import type {
  DeletionPreview,
  EnvironmentStatus,
} from '@data-lake/plugin-data-lake-common';
import { RiDeleteBinLine } from '@remixicon/react';
import clsx from 'clsx';
import { useId } from 'react';
import { healthLook } from '../../state';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import { ErrorAlert } from '../card/ErrorAlert';
import { Note } from '../card/Notice';
import styles from './DeleteDialog.module.css';
import { DeletionLists } from './DeletionLists';
import { DeletionOptions } from './DeletionOptions';
import { Dependents } from './Dependents';
import { useDeletion } from './useDeletion';
import type { Deletion } from './useDeletion';

/** The form that confirms a deletion by the name of the environment. */
export function DeletionForm(props: {
  preview: DeletionPreview;
  environment: EnvironmentStatus;
  entityRef: string;
  onClose(): void;
}) {
  const { preview, environment, entityRef } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const deletion = useDeletion({
    preview,
    entityRef,
    environment: environment.name,
  });
  return (
    <>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>
          {environment.runs.some(isActive) && (
            <Note tone="running" look={healthLook.running}>
              {t('delete.running')}
            </Note>
          )}
          <Dependents entityRef={entityRef} environment={preview.confirm} />
          <DeletionLists preview={deletion.shown} environment={environment} />
          <p>{t('delete.order', { stacks: toStackNames(preview) })}</p>
          <DeletionOptions preview={preview} deletion={deletion} />
          <TextField
            label={t('delete.confirm', { name: preview.confirm })}
            value={deletion.confirm}
            onChange={deletion.setConfirm}
            autoComplete="off"
            spellCheck="false"
          />
          {deletion.error && (
            <ErrorAlert title={t('delete.failed')} error={deletion.error} />
          )}
        </div>
      </DialogBody>
      <Buttons deletion={deletion} onClose={props.onClose} />
    </>
  );
}

function toStackNames({ stacks }: DeletionPreview): string {
  return stacks
    .filter(({ status }) => status !== 'NOT_THERE')
    .map(stack => stack.name)
    .join(', ');
}

function Buttons(props: { deletion: Deletion; onClose(): void }) {
  const { blocker, starting, submit } = props.deletion;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const blockerId = useId();
  return (
    <DialogFooter>
      <span id={blockerId} className={clsx(tokens.tokens, styles.blocker)}>
        {blocker}
      </span>
      <Button variant="secondary" onPress={() => props.onClose()}>
        {t('delete.cancel')}
      </Button>
      <Button
        destructive
        iconStart={<RiDeleteBinLine size={16} />}
        isDisabled={blocker !== undefined}
        isPending={starting}
        aria-describedby={blockerId}
        onPress={submit}
      >
        {t('delete.submit')}
      </Button>
    </DialogFooter>
  );
}
