import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import type {
  DeploymentPreview,
  PreviewedResource,
} from '@data-lake/plugin-data-lake-common';
import { useId, useState } from 'react';
import { toMessage } from '../../format';
import { healthLook } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Card } from '../card/Card';
import { Note } from '../card/Notice';
import styles from './DeployCard.module.css';
import { count } from './countChanges';
import type { Danger } from './listGates';
import { useStartTask } from '../hooks/useStartTask';
import { toTaskValues } from './toTaskValues';

/** One tick a danger, and then the button; the task that it starts is where one goes next. */
export function ApplyCard(props: {
  preview: DeploymentPreview;
  dangers: readonly Danger[];
  entityRef: string;
}) {
  const { preview, dangers, entityRef } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const { start, starting, error } = useStartTask();
  const hintId = useId();
  const missing = dangers.some(({ id }) => !ticked.includes(id));

  const submit = () =>
    start({
      templateRef: templateRefs.deploy,
      values: toTaskValues({ preview, dangers, entityRef }),
    });

  return (
    <Card title={t('deploy.apply')}>
      <div className={styles.apply}>
        {dangers.map(danger => (
          <Checkbox
            key={danger.id}
            isSelected={ticked.includes(danger.id)}
            onChange={on =>
              setTicked(now =>
                on ? [...now, danger.id] : now.filter(id => id !== danger.id),
              )
            }
          >
            {toLabel(danger, t)}
          </Checkbox>
        ))}
        <Button
          isDisabled={missing}
          isPending={starting}
          aria-describedby={hintId}
          onPress={submit}
        >
          {t('deploy.submit', { count: count(preview).all })}
        </Button>
        <p id={hintId} className={styles.hint}>
          {toHint(preview, missing, t)}
        </p>
        {error && (
          <div role="alert">
            <Note tone="failed" look={healthLook.failed}>
              <strong>{t('deploy.failed')}</strong> {toMessage(error)}
            </Note>
          </div>
        )}
      </div>
    </Card>
  );
}

function toLabel(danger: Danger, t: Translate): string {
  if (danger.kind === 'permissions') {
    return `${t('deploy.tickBroader')} ${danger.logicalId}`;
  }
  if (danger.kind === 'files') {
    return t('deploy.tickFiles', { count: danger.deleted.length });
  }
  const { logicalId, does } = danger.resource;
  return `${toVerb(does, t)} ${logicalId}`;
}

function toVerb(does: PreviewedResource['does'], t: Translate): string {
  if (does === 'removed') return t('deploy.tickRemoved');
  return does === 'changed'
    ? t('deploy.tickUnprotected')
    : t('deploy.tickReplaced');
}

function toHint(
  { stacks }: DeploymentPreview,
  missing: boolean,
  t: Translate,
): string {
  if (missing) return t('deploy.tickFirst');
  return stacks.some(({ does }) => does === 'create' || does === 'replace')
    ? t('deploy.firstHint')
    : t('deploy.hint');
}
