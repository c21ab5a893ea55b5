import { VisuallyHidden } from '@backstage/ui';
import { useEffect, useRef, useState } from 'react';

/** Says changes of the verdict to screen readers, politely; what was there at first is read anyway. */
export function Announcement(props: { text: string }) {
  const { text } = props;
  const before = useRef(text);
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (before.current === text) return;
    before.current = text;
    setSaid(text);
  }, [text]);
  return (
    <VisuallyHidden>
      <span role="status">{said}</span>
    </VisuallyHidden>
  );
}
