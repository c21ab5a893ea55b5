import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { ServiceId, services } from '@data-lake/plugin-data-lake-common';
import type {
  EnvironmentStatus,
  ObservedResource,
} from '@data-lake/plugin-data-lake-common';
import { RiExternalLinkLine } from '@remixicon/react';
import { Fragment, useState } from 'react';
import { formatTime, formatUtc } from '../../format';
import { healthLook, StateMark } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import { Card, TextButton } from '../card/Card';
import { serviceIcons } from '../card/serviceIcons';
import { isObserved } from '../convert/isObserved';
import styles from './ResourcesTable.module.css';

/** The resources of the stacks, and the tables that crawlers made, by service. */
export function ResourcesTable(props: { environment: EnvironmentStatus }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { resources } = props.environment;
  if (!isObserved(props.environment) && resources.length === 0) return null;
  const groups = ServiceId.options
    .map(service => ({
      service,
      resources: resources.filter(r => r.service === service),
    }))
    .filter(group => group.resources.length > 0);
  return (
    <Card
      title={t('resources.title')}
      aside={
        resources.length > 0 &&
        t('resources.count', { count: resources.length })
      }
    >
      {resources.length === 0 && <p>{t('resources.empty')}</p>}
      {resources.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('resources.name')}</th>
              <th scope="col">{t('resources.status')}</th>
              <th scope="col">{t('resources.facts')}</th>
              <th scope="col">{t('resources.changed')}</th>
            </tr>
          </thead>
          {groups.map(group => (
            <Group key={group.service} {...group} />
          ))}
        </table>
      )}
    </Card>
  );
}

/** The resources of one service. Healthy supporting resources (roles, policies, keys, …) are folded. */
function Group(props: { service: ServiceId; resources: ObservedResource[] }) {
  const { service, resources } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [unfolded, setUnfolded] = useState(false);
  const Icon = serviceIcons[service];
  const folded = resources.filter(isSupporting);
  const shown = unfolded
    ? resources
    : resources.filter(resource => !isSupporting(resource));
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={4} className={styles.service}>
          <Icon size={14} aria-hidden /> {services[service].title}
        </th>
      </tr>
      {shown.map(resource => (
        <Line key={`${resource.type} ${resource.id}`} {...resource} />
      ))}
      {folded.length > 0 && (
        <tr>
          <td colSpan={4}>
            <TextButton
              expanded={unfolded}
              onPress={() => setUnfolded(!unfolded)}
            >
              {unfolded
                ? t('resources.fold')
                : t('resources.unfold', { number: String(folded.length) })}
            </TextButton>
          </td>
        </tr>
      )}
    </tbody>
  );
}

function isSupporting({ service, type, health }: ObservedResource): boolean {
  return (
    service === 'cloudformation' &&
    type !== 'AWS::CloudFormation::Stack' &&
    health === 'healthy'
  );
}

function Line(resource: ObservedResource) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { name, health, status, reason, updatedAt, consoleUrl } = resource;
  return (
    <tr>
      <th scope="row" className={styles.name}>
        {consoleUrl ? (
          <a
            href={consoleUrl}
            target="_blank"
            rel="noopener noreferrer"
            title={resource.id}
            aria-label={t('resources.console', { name })}
          >
            {name} <RiExternalLinkLine size={12} aria-hidden />
          </a>
        ) : (
          <span title={resource.id}>{name}</span>
        )}
        <span className={styles.type}>{toTypeName(resource.type)}</span>
      </th>
      <td className={styles.state}>
        <StateMark
          look={healthLook[health]}
          size={14}
          label={t(`health.${health}`)}
        />{' '}
        <span className={styles.status}>{breakable(status)}</span>
        {reason && <span className={styles.reason}>{reason}</span>}
      </td>
      <td className={styles.facts}>
        {resource.facts.map(({ label, text }) => (
          <span key={label}>
            <span className={styles.fact}>{label}</span> {text}
          </span>
        ))}
      </td>
      <td className={styles.time} title={updatedAt && formatUtc(updatedAt)}>
        {updatedAt && formatTime(updatedAt)}
      </td>
    </tr>
  );
}

/** `AWS::Glue::Job` → `Job`; the service is in the heading. */
function toTypeName(type: string): string {
  return type.split('::').pop() ?? type;
}

/** Allows line breaks after the underscores of `UPDATE_COMPLETE`, and nowhere else. */
function breakable(status: string) {
  return status.split('_').map((word, i) => (
    <Fragment key={i}>
      {i > 0 && (
        <>
          _<wbr />
        </>
      )}
      {word}
    </Fragment>
  ));
}
