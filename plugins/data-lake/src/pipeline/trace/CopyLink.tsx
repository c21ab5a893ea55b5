import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { RiLinksLine } from '@remixicon/react';
import { useState } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import { TextButton } from '../card/Card';

/** The button that copies the link of a run. */
export function CopyLink(props: { runId: string }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [copied, setCopied] = useState(false);
  // Browsers allow the clipboard on secure pages only.
  if (!window.isSecureContext) return null;
  const copy = async () => {
    const url = new URL(window.location.href);
    url.searchParams.set('run', props.runId);
    await navigator.clipboard.writeText(url.toString());
    setCopied(true);
  };
  return (
    <TextButton onPress={copy}>
      <RiLinksLine size={14} aria-hidden />
      {copied ? t('trace.copied') : t('trace.copyLink')}
    </TextButton>
  );
}
