import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Dialog, DialogHeader } from '@backstage/ui';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { healthLook } from '../../state';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import { Note } from '../card/Notice';
import { DeletionMessage } from './DeletionMessage';
import { DeletionPreviewLoader } from './DeletionPreviewLoader';

/** The dialog that previews and confirms the deletion of an environment. */
export function DeleteDialog(props: {
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
        {t('delete.title', { name: environment.name })}
      </DialogHeader>
      {allowed ? (
        <DeletionPreviewLoader {...props} />
      ) : (
        <DeletionMessage onClose={props.onClose}>
          <Note look={healthLook.denied}>
            <strong>{t('delete.deniedTitle')}.</strong> {reason}
          </Note>
        </DeletionMessage>
      )}
    </Dialog>
  );
}
