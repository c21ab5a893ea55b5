import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { VisuallyHidden } from '@backstage/ui';
import type { PropertyChange } from '@data-lake/plugin-data-lake-common';
import { dataLakeTranslationRef } from '../../translation';
import styles from './PropertyChanges.module.css';

/** The changed properties of a resource, each before and after. */
export function PropertyChanges(props: {
  properties: readonly PropertyChange[];
}) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  if (props.properties.length === 0) return null;
  return (
    <ul className={styles.properties} aria-label={t('deploy.properties')}>
      {props.properties.map(({ path, before, after, replaces }, at) => (
        // Two paths may have the same text.
        <li key={`${at} ${path}`}>
          <div className={styles.path}>
            {path} {replaces && <strong>{t('deploy.replaces')}</strong>}
          </div>
          {before !== undefined && (
            <Value sign="−" label={t('deploy.before')} as="del">
              {before}
            </Value>
          )}
          {after !== undefined && (
            <Value sign="+" label={t('deploy.after')} as="ins">
              {after}
            </Value>
          )}
        </li>
      ))}
    </ul>
  );
}

function Value(props: {
  sign: string;
  /** The sign in words, for screen readers. */
  label: string;
  as: 'del' | 'ins';
  children: string;
}) {
  const { as: Element } = props;
  return (
    <Element className={styles[Element]}>
      <span aria-hidden>{props.sign}</span>
      <VisuallyHidden>{props.label} </VisuallyHidden>
      <code>{props.children}</code>
    </Element>
  );
}
