import {
  RELATION_OWNED_BY,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { useEntity } from '@backstage/plugin-catalog-react';
import { ButtonIcon, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { templateRefs } from '@data-lake/plugin-data-lake-common';
import {
  RiAddCircleLine,
  RiDeleteBinLine,
  RiMore2Line,
  RiUploadCloud2Line,
} from '@remixicon/react';
import { useNavigate } from 'react-router-dom';
import { toTemplatePath } from '../../scaffolderPaths';
import { dataLakeTranslationRef } from '../../translation';

/** The menu of the actions that are needed seldom. Each explains itself, or its denial, before it acts. */
export function MoreActions(props: { onDeploy(): void; onDelete(): void }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const { entity } = useEntity();
  const navigate = useNavigate();
  const owner = entity.relations?.find(
    ({ type }) => type === RELATION_OWNED_BY,
  )?.targetRef;
  const addEnvironment = () =>
    navigate(
      toTemplatePath(templateRefs.addEnvironment, {
        entityRef: stringifyEntityRef(entity),
        ...(owner && { owner }),
      }),
    );
  return (
    <MenuTrigger>
      <ButtonIcon
        variant="secondary"
        icon={<RiMore2Line size={16} />}
        aria-label={t('more.label')}
      />
      <Menu placement="bottom end">
        <MenuItem
          iconStart={<RiUploadCloud2Line size={16} />}
          onAction={() => props.onDeploy()}
        >
          {t('more.deploy')}
        </MenuItem>
        <MenuItem
          iconStart={<RiAddCircleLine size={16} />}
          onAction={addEnvironment}
        >
          {t('more.addEnvironment')}
        </MenuItem>
        <MenuItem
          iconStart={<RiDeleteBinLine size={16} />}
          color="danger"
          onAction={() => props.onDelete()}
        >
          {t('more.delete')}
        </MenuItem>
      </Menu>
    </MenuTrigger>
  );
}
