import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Checkbox } from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import type {
  DeploymentPreview,
  PreviewedResource,
} from '@data-lake/plugin-data-lake-common';
import { useId, useState } from 'react';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Card } from '../card/Card';
import { ErrorAlert } from '../card/ErrorAlert';
import styles from './DeployCard.module.css';
import { countChanges } from './countChanges';
import type { Gate } from './listGates';
import { useStartTask } from '../hooks/useStartTask';
import { toTaskValues } from './toTaskValues';

/** The card that confirms each gate and starts the deployment. */
export function DeployCard(props: {
  preview: DeploymentPreview;
  gates: readonly Gate[];
  entityRef: string;
}) {
  const { preview, gates, entityRef } = props;
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const { start, starting, error } = useStartTask();
  const hintId = useId();
  const missing = gates.some(({ id }) => !confirmed.includes(id));

  const submit = () =>
    start({
      templateRef: templateRefs.deploy,
      values: toTaskValues({ preview, gates, entityRef }),
    });

  return (
    <Card title={t('deploy.apply')}>
      <div className={styles.apply}>
        {gates.map(gate => (
          <Checkbox
            key={gate.id}
            isSelected={confirmed.includes(gate.id)}
            onChange={on =>
              setConfirmed(now =>
                on ? [...now, gate.id] : now.filter(id => id !== gate.id),
              )
            }
          >
            {toLabel(gate, t)}
          </Checkbox>
        ))}
        <Button
          isDisabled={missing}
          isPending={starting}
          aria-describedby={hintId}
          onPress={submit}
        >
          {t('deploy.submit', { count: countChanges(preview).all })}
        </Button>
        <p id={hintId} className={styles.hint}>
          {toHint(preview, missing, t)}
        </p>
        {error && <ErrorAlert title={t('deploy.failed')} error={error} />}
      </div>
    </Card>
  );
}

function toLabel(gate: Gate, t: Translate): string {
  if (gate.kind === 'permissions') {
    return `${t('deploy.confirmBroader')} ${gate.logicalId}`;
  }
  if (gate.kind === 'files') {
    return t('deploy.confirmFiles', { count: gate.deleted.length });
  }
  const { logicalId, does } = gate.resource;
  return `${toVerb(does, t)} ${logicalId}`;
}

function toVerb(does: PreviewedResource['does'], t: Translate): string {
  if (does === 'removed') return t('deploy.confirmRemoved');
  return does === 'changed'
    ? t('deploy.confirmUnprotected')
    : t('deploy.confirmReplaced');
}

function toHint(
  { stacks }: DeploymentPreview,
  missing: boolean,
  t: Translate,
): string {
  if (missing) return t('deploy.confirmFirst');
  return stacks.some(({ does }) => does === 'create' || does === 'replace')
    ? t('deploy.firstHint')
    : t('deploy.hint');
}
