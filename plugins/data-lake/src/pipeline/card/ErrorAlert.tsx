import type { ReactNode } from 'react';
import { toMessage } from '../../format';
import { healthLook } from '../../state';
import { Note } from './Notice';

/** A failure inside a card or a dialog, announced to screen readers. */
export function ErrorAlert(props: {
  title: string;
  error: Error;
  action?: ReactNode;
  children?: ReactNode;
}) {
  return (
    <div role="alert">
      <Note tone="failed" look={healthLook.failed} action={props.action}>
        <strong>{props.title}</strong> {toMessage(props.error)}
        {props.children}
      </Note>
    </div>
  );
}
