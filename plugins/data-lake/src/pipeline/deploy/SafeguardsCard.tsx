import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StackPreview } from '@data-lake/plugin-data-lake-common';
import { healthLook, runLook, StateMark } from '../../state';
import type { Look } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Card } from '../card/Card';
import styles from './SafeguardsCard.module.css';

/** The safeguards of a deployment and their state; an unchecked one is never green. */
export function SafeguardsCard(props: { stacks: readonly StackPreview[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Card title={t('deploy.safeguards')}>
      <ul className={styles.guards}>
        {listGuards(props.stacks, t).map(({ look, text }) => (
          <li key={text}>
            <StateMark look={look} size={14} />
            {text}
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface Guard {
  look: Look;
  text: string;
}

function listGuards(stacks: readonly StackPreview[], t: Translate): Guard[] {
  const there = stacks.filter(
    ({ terminationProtection }) => terminationProtection !== undefined,
  );
  const largest = Math.max(...stacks.map(({ templateBytes }) => templateBytes));
  return [
    // Otherwise there would be no preview.
    { look: healthLook.healthy, text: t('deploy.safeguardAlone') },
    { look: healthLook.healthy, text: t('deploy.safeguardTypes') },
    ...(there.length > 0 ? [toProtection(there, t), toDrift(there, t)] : []),
    {
      look: healthLook.healthy,
      text: t('deploy.safeguardSize', {
        kib: String(Math.ceil(largest / 1024)),
      }),
    },
  ];
}

function toProtection(stacks: readonly StackPreview[], t: Translate): Guard {
  const open = stacks.filter(stack => !stack.terminationProtection);
  return open.length === 0
    ? { look: healthLook.healthy, text: t('deploy.safeguardProtected') }
    : {
        look: runLook.skipped,
        text: t('deploy.safeguardUnprotected', { names: toNames(open) }),
      };
}

function toDrift(stacks: readonly StackPreview[], t: Translate): Guard {
  const drifted = stacks.filter(({ drift }) => drift === 'DRIFTED');
  if (drifted.length > 0) {
    const text = t('deploy.safeguardDrifted', { names: toNames(drifted) });
    return { look: healthLook.late, text };
  }
  const unsure = stacks.filter(({ drift }) => drift !== 'IN_SYNC');
  return unsure.length === 0
    ? { look: healthLook.healthy, text: t('deploy.safeguardInSync') }
    : {
        look: healthLook.unknown,
        text: t('deploy.safeguardNotChecked', { names: toNames(unsure) }),
      };
}

const toNames = (stacks: readonly StackPreview[]) =>
  stacks.map(({ name }) => name).join(', ');
