import { useTranslationRef } from '@backstage/frontend-plugin-api';
import { Button, Menu, MenuItem, MenuTrigger } from '@backstage/ui';
import { ServiceId, services } from '@data-lake/plugin-data-lake-common';
import type { EnvironmentStatus } from '@data-lake/plugin-data-lake-common';
import { RiArrowDownSLine } from '@remixicon/react';
import { dataLakeTranslationRef } from '../../translation';
import { serviceIcons } from '../card/serviceIcons';

/** The menu of AWS consoles: the first resource with a console link per service. */
export function OpenInAws(props: { environment: EnvironmentStatus }) {
  const { t } = useTranslationRef(dataLakeTranslationRef);
  const links = findConsoles(props.environment);
  if (links.length === 0) return null;
  return (
    <MenuTrigger>
      <Button variant="secondary" iconEnd={<RiArrowDownSLine size={16} />}>
        {t('header.openInAws')}
      </Button>
      <Menu placement="bottom end">
        {links.map(({ service, name, url }) => {
          const Icon = serviceIcons[service];
          return (
            <MenuItem
              key={service}
              href={url}
              target="_blank"
              rel="noopener noreferrer"
              iconStart={<Icon size={16} />}
            >
              {`${services[service].title}, ${name}`}
            </MenuItem>
          );
        })}
      </Menu>
    </MenuTrigger>
  );
}

function findConsoles({ resources }: EnvironmentStatus) {
  return ServiceId.options.flatMap(service => {
    const found = resources.find(r => r.service === service && r.consoleUrl);
    return found?.consoleUrl
      ? [{ service, name: found.name, url: found.consoleUrl }]
      : [];
  });
}
