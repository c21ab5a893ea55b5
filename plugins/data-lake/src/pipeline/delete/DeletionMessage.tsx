import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, DialogBody, DialogFooter } from '@backstage/ui';
import clsx from 'clsx';
import type { ReactNode } from 'react';
import tokens from '../../tokens.module.css';
import { dataLakeTranslationRef } from '../../translation';
import styles from './DeleteDialog.module.css';

/** The body of the dialog while there is nothing to confirm. */
export function DeletionMessage(props: {
  children: ReactNode;
  onClose(): void;
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <>
      <DialogBody>
        <div className={clsx(tokens.tokens, styles.body)}>{props.children}</div>
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={() => props.onClose()}>
          {t('delete.close')}
        </Button>
      </DialogFooter>
    </>
  );
}
