import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** A polite announcement of changed health for screen readers; the first health is read anyway. */
export function Announcement(props: { text: string }) {
  const { text } = props;
  const before = useRef(text);
  const [announced, setAnnounced] = useState('');
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    setAnnounced(text);
  }, [text]);
  return (
    <VisuallyHidden>
      <span role="status">{announced}</span>
    </VisuallyHidden>
  );
}
