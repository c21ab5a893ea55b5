import { useTranslationRef } from '@backstage/frontend-plugin-api';
import type { StackPreview } from '@data-lake/plugin-data-lake-common';
import { healthLook, runLook, StateMark } from '../../state';
import type { Look } from '../../state';
import { dataLakeTranslationRef } from '../../translation';
import type { Translate } from '../../translation';
import { Card } from '../card/Card';
import styles from './SafeguardsCard.module.css';

/** What keeps a deployment from harm, as it was found; what nobody has looked at is not green. */
export function GuardsCard(props: { stacks: readonly StackPreview[] }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  return (
    <Card title={t('deploy.guards')}>
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
    // where it were otherwise there would be no preview
    { look: healthLook.healthy, text: t('deploy.guardAlone') },
    { look: healthLook.healthy, text: t('deploy.guardTypes') },
    ...(there.length > 0 ? [toProtection(there, t), toDrift(there, t)] : []),
    {
      look: healthLook.healthy,
      text: t('deploy.guardSize', { kib: String(Math.ceil(largest / 1024)) }),
    },
  ];
}

function toProtection(stacks: readonly StackPreview[], t: Translate): Guard {
  const open = stacks.filter(stack => !stack.terminationProtection);
  return open.length === 0
    ? { look: healthLook.healthy, text: t('deploy.guardProtected') }
    : {
        look: runLook.skipped,
        text: t('deploy.guardUnprotected', { names: toNames(open) }),
      };
}

function toDrift(stacks: readonly StackPreview[], t: Translate): Guard {
  const drifted = stacks.filter(({ drift }) => drift === 'DRIFTED');
  if (drifted.length > 0) {
    const text = t('deploy.guardDrifted', { names: toNames(drifted) });
    return { look: healthLook.late, text };
  }
  const unsure = stacks.filter(({ drift }) => drift !== 'IN_SYNC');
  return unsure.length === 0
    ? { look: healthLook.healthy, text: t('deploy.guardInSync') }
    : {
        look: healthLook.unknown,
        text: t('deploy.guardNotChecked', { names: toNames(unsure) }),
      };
}

const toNames = (stacks: readonly StackPreview[]) =>
  stacks.map(({ name }) => name).join(', ');
